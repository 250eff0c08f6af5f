-- Returns the alerts that a reference may mean: $1 a code, $1 to $2 codes that begin so. A portal account ($3) sees those to
-- itself whose referral is still assigned to a resource that it acts for.
SELECT id, code, CASE code WHEN $1 THEN CAST(1 AS BIGINT) ELSE CAST(2 AS BIGINT) END AS fit FROM alert
WHERE code >= $1 AND code < $2
    AND account_id = $3 -- ?
    -- ?{
    AND referral_id IN (SELECT mine.id FROM referral AS mine
        JOIN account_scope AS scope ON scope.resource_id = mine.resource_id WHERE scope.account_id = $3)
    -- ?}
ORDER BY fit, code
LIMIT 20
