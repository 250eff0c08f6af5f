-- Returns how many records of each type there are of the client $2 at each provider that the portal account $1 speaks
-- for. The transaction says where it stands.
SELECT provider.code AS provider, provider.name AS provider_name, record.data_type, CAST(COUNT(*) AS BIGINT) AS records
FROM account_provider AS mine
JOIN provider ON provider.id = mine.provider_id
JOIN record ON record.provider_id = provider.id
WHERE mine.account_id = $1 AND record.client_id = $2
GROUP BY provider.id, provider.code, provider.name, provider.name_key, record.data_type
ORDER BY provider.name_key, provider.id, record.data_type
