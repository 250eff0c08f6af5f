-- Returns what the provider $1 has set, as it stands now.
SELECT data_type, level, client_by_client, require_expiry, release_sharing, default_days, notice
FROM sharing_setting
WHERE provider_id = $1 AND until_at IS NULL
