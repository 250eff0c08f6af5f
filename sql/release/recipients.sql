-- Returns the providers that releases name, by name, but those that were taken out.
SELECT named.release_id, provider.id, provider.code, provider.name
FROM release_recipient AS named
JOIN provider ON provider.id = named.provider_id
WHERE named.release_id IN ($all_in) AND named.removed_at IS NULL
ORDER BY named.release_id, provider.name_key, provider.id
