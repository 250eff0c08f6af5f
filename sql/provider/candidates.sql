-- Returns the providers that a reference may mean: $1 a code, $1 to $2 codes that begin so, $3 a folded name, $3 to $4
-- names that begin so; of those that the portal account $5 speaks for.
SELECT id, code, name, CAST(1 AS BIGINT) AS fit FROM provider
WHERE code = $1
    AND EXISTS (SELECT 1 FROM account_provider AS mine WHERE mine.account_id = $5 AND mine.provider_id = provider.id) -- ?
UNION ALL
SELECT id, code, name, CAST(2 AS BIGINT) AS fit FROM provider
WHERE name_key = $3
    AND EXISTS (SELECT 1 FROM account_provider AS mine WHERE mine.account_id = $5 AND mine.provider_id = provider.id) -- ?
UNION ALL
SELECT id, code, name, CAST(3 AS BIGINT) AS fit FROM provider
WHERE code > $1 AND code < $2
    AND EXISTS (SELECT 1 FROM account_provider AS mine WHERE mine.account_id = $5 AND mine.provider_id = provider.id) -- ?
UNION ALL
SELECT id, code, name, CAST(4 AS BIGINT) AS fit FROM provider
WHERE name_key > $3 AND name_key < $4
    AND EXISTS (SELECT 1 FROM account_provider AS mine WHERE mine.account_id = $5 AND mine.provider_id = provider.id) -- ?
ORDER BY fit, code
LIMIT 20
