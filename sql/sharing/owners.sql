-- Returns the providers that have set how they share, by name.
SELECT id FROM provider
WHERE EXISTS (SELECT 1 FROM sharing_setting WHERE provider_id = provider.id AND until_at IS NULL)
ORDER BY name_key, id
