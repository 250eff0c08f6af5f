-- Returns since when the provider $1 had been inactive at the instant $2, if it was.
SELECT from_at
FROM provider_inactivity
WHERE provider_id = $1 AND from_at <= $2 AND (until_at IS NULL OR until_at > $2)
