-- Returns how the client $1 stood at the provider $2 at the instant $3.
SELECT active, since_on
FROM enrolment
WHERE client_id = $1 AND provider_id = $2 AND from_at <= $3 AND (until_at IS NULL OR until_at > $3)
