-- Returns the resources that a reference may mean: $1 a code of it or of its provider, which means its agency record; $1 to
-- $2 codes that begin so; $3 a folded name, $3 to $4 names that begin so, agencies before programs, since those carry the
-- names of their providers, and inactive ones last. Of those that the portal account $5 acts for.
SELECT id, code, name, CAST(1 AS BIGINT) AS fit FROM resource
WHERE code = $1
    AND id IN (SELECT mine.resource_id FROM account_scope AS mine WHERE mine.account_id = $5) -- ?
UNION ALL
SELECT resource.id, resource.code, resource.name, CAST(1 AS BIGINT) AS fit
FROM provider
JOIN resource ON resource.provider_id = COALESCE(provider.merged_into, provider.id) AND resource.kind = 'agency'
WHERE provider.code = $1
    AND resource.id IN (SELECT mine.resource_id FROM account_scope AS mine WHERE mine.account_id = $5) -- ?
UNION ALL
SELECT id, code, name, CASE kind WHEN 'agency' THEN CAST(2 AS BIGINT) ELSE CAST(3 AS BIGINT) END AS fit FROM resource
WHERE name_key = $3
    AND id IN (SELECT mine.resource_id FROM account_scope AS mine WHERE mine.account_id = $5) -- ?
UNION ALL
SELECT id, code, name, CAST(4 AS BIGINT) AS fit FROM resource
WHERE code > $1 AND code < $2
    AND id IN (SELECT mine.resource_id FROM account_scope AS mine WHERE mine.account_id = $5) -- ?
UNION ALL
SELECT resource.id, resource.code, resource.name, CAST(4 AS BIGINT) AS fit
FROM provider
JOIN resource ON resource.provider_id = COALESCE(provider.merged_into, provider.id) AND resource.kind = 'agency'
WHERE provider.code > $1 AND provider.code < $2
    AND resource.id IN (SELECT mine.resource_id FROM account_scope AS mine WHERE mine.account_id = $5) -- ?
UNION ALL
SELECT id, code, name,
    CASE WHEN state = 'inactive' THEN CAST(7 AS BIGINT) WHEN kind = 'agency' THEN CAST(5 AS BIGINT)
        ELSE CAST(6 AS BIGINT) END AS fit
FROM resource
WHERE name_key > $3 AND name_key < $4
    AND id IN (SELECT mine.resource_id FROM account_scope AS mine WHERE mine.account_id = $5) -- ?
ORDER BY fit, code
LIMIT 20
