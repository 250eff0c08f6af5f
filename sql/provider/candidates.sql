-- Returns the providers that a reference may mean: $1 a code, $1 to $2 codes that begin so, $3 a folded name, $3 to $4
-- names that begin so, the active before others; of those that the portal account $5 speaks for. One that was
-- merged into another means that other.
SELECT COALESCE(merged_into, id) AS id, code, name, CAST(1 AS BIGINT) AS fit FROM provider
WHERE code = $1
    AND COALESCE(merged_into, id) IN (SELECT mine.provider_id FROM account_provider AS mine WHERE mine.account_id = $5) -- ?
UNION ALL
SELECT COALESCE(merged_into, id) AS id, code, name, CAST(2 AS BIGINT) AS fit FROM provider
WHERE name_key = $3
    AND COALESCE(merged_into, id) IN (SELECT mine.provider_id FROM account_provider AS mine WHERE mine.account_id = $5) -- ?
UNION ALL
SELECT COALESCE(merged_into, id) AS id, code, name, CAST(3 AS BIGINT) AS fit FROM provider
WHERE code > $1 AND code < $2
    AND COALESCE(merged_into, id) IN (SELECT mine.provider_id FROM account_provider AS mine WHERE mine.account_id = $5) -- ?
UNION ALL
SELECT COALESCE(merged_into, id) AS id, code, name, CASE WHEN active THEN CAST(4 AS BIGINT) ELSE CAST(5 AS BIGINT) END AS fit
FROM provider
WHERE name_key > $3 AND name_key < $4
    AND COALESCE(merged_into, id) IN (SELECT mine.provider_id FROM account_provider AS mine WHERE mine.account_id = $5) -- ?
ORDER BY fit, code
LIMIT 20
