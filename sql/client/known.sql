-- Returns the clients that a reference may mean, of those that the portal account $8 may name in sharing, or that the portal
-- account $9 sees since it answers sharing: $1 a code, $1 to $2 codes that begin so, $3 an id of another system, $4 a folded
-- name, $4 to $5 names that begin so, $6 to $7 the same with the family name typed first, and then those who were called so
-- before. The transaction says where it stands. What is meant is found first, so that the view is planned once.
WITH meant AS MATERIALIZED (
    SELECT COALESCE(merged_into, id) AS id, code, given, family, CAST(1 AS BIGINT) AS fit FROM client
    WHERE external_id = $3
    UNION ALL
    SELECT COALESCE(merged_into, id) AS id, code, given, family, CAST(1 AS BIGINT) AS fit FROM client
    WHERE code = $1
    UNION ALL
    SELECT id, code, given, family, CAST(2 AS BIGINT) AS fit FROM client
    WHERE name_key IN ($4, $6) AND merged_into IS NULL
    UNION ALL
    SELECT COALESCE(merged_into, id) AS id, code, given, family, CAST(3 AS BIGINT) AS fit FROM client
    WHERE code > $1 AND code < $2
    UNION ALL
    SELECT id, code, given, family, CAST(4 AS BIGINT) AS fit FROM client
    WHERE name_key > $4 AND name_key < $5 AND merged_into IS NULL
    UNION ALL
    SELECT id, code, given, family, CAST(5 AS BIGINT) AS fit FROM client
    WHERE name_key > $6 AND name_key < $7 AND merged_into IS NULL
    UNION ALL
    SELECT id, code, given, family, CAST(6 AS BIGINT) AS fit FROM client
    WHERE id IN (SELECT former.client_id FROM client_former_name AS former WHERE former.name_key IN ($4, $6))
        AND merged_into IS NULL
)
SELECT meant.id, meant.code, meant.given, meant.family, meant.fit
FROM meant
WHERE TRUE
    -- ?{
    AND EXISTS (SELECT 1 FROM account_client AS known WHERE known.account_id = $8 AND known.client_id = meant.id)
    -- ?}
    -- ?{
    AND EXISTS (SELECT 1 FROM account_sharing_client AS own
        WHERE own.account_id = $9 AND own.client_id = meant.id)
    -- ?}
ORDER BY meant.fit, meant.code
LIMIT 20
