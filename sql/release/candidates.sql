-- Returns the releases that a reference may mean: $1 a code, $1 to $2 codes that begin so; of the owners that the portal
-- account $3 speaks for.
SELECT id, code, CAST(1 AS BIGINT) AS fit FROM release
WHERE code = $1
    AND owner_id IN (SELECT mine.provider_id FROM account_provider AS mine WHERE mine.account_id = $3) -- ?
UNION ALL
SELECT id, code, CAST(2 AS BIGINT) AS fit FROM release
WHERE code > $1 AND code < $2
    AND owner_id IN (SELECT mine.provider_id FROM account_provider AS mine WHERE mine.account_id = $3) -- ?
ORDER BY fit, code
LIMIT 20
