-- Returns the sharing settings of now of the providers with codes above $1 up to $2.
SELECT provider.code AS subject, FALSE AS erased, provider.code AS provider, setting.data_type AS type, setting.level,
    setting.client_by_client, setting.require_expiry, setting.release_sharing, setting.default_days,
    setting.notice
FROM provider
JOIN sharing_setting AS setting ON setting.provider_id = provider.id AND setting.until_at IS NULL
WHERE provider.code > $1 AND provider.code <= $2
ORDER BY provider.code
