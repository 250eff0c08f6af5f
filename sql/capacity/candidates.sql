-- Returns the entries that a reference may mean: $1 a code, $1 to $2 codes that begin so; of the resources that the portal
-- account $3 acts for.
SELECT id, code, CAST(1 AS BIGINT) AS fit FROM capacity
WHERE code = $1
    AND resource_id IN (SELECT mine.resource_id FROM account_scope AS mine WHERE mine.account_id = $3) -- ?
UNION ALL
SELECT id, code, CAST(2 AS BIGINT) AS fit FROM capacity
WHERE code > $1 AND code < $2
    AND resource_id IN (SELECT mine.resource_id FROM account_scope AS mine WHERE mine.account_id = $3) -- ?
ORDER BY fit, code
LIMIT 20
