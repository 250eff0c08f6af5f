-- Returns what the provider $1 had set for the data type $2 up to the instant $3, the newest first; a version that never
-- held is left out.
SELECT level, client_by_client, release_sharing, require_expiry, default_days, from_at, until_at
FROM sharing_setting
WHERE provider_id = $1 AND data_type = $2 AND from_at <= $3 AND (until_at IS NULL OR until_at > from_at)
ORDER BY from_at DESC
