-- Returns the referrals that a reference may mean: $1 a code, $1 to $2 codes that begin so; for staff only ($3 is the
-- portal account that looks), or of those assigned to a resource of the portal account $4.
SELECT id, code, CAST(1 AS BIGINT) AS fit FROM referral
WHERE code = $1
    AND $3 IS NULL -- ?
    AND resource_id IN (SELECT resource_id FROM account_scope WHERE account_id = $4) -- ?
UNION ALL
SELECT id, code, CAST(2 AS BIGINT) AS fit FROM referral
WHERE code > $1 AND code < $2
    AND $3 IS NULL -- ?
    AND resource_id IN (SELECT resource_id FROM account_scope WHERE account_id = $4) -- ?
ORDER BY fit, code
LIMIT 20
