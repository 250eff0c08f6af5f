-- Returns the clients that a reference may mean, of those whose contact details the portal account $7 may see, by a visit
-- that starts from $8 on: $1 a code, $1 to $2 codes that begin so, $3 a folded name, $3 to $4 names that begin so, $5 to $6
-- the same with the family name first, $9 the pattern of a later word of a name. They are few, so they are found first.
WITH near AS MATERIALIZED (
    SELECT DISTINCT visited.client_id FROM account_visit_client AS visited
    WHERE visited.account_id = $7 AND visited.starts_at >= $8
), known AS MATERIALIZED (
    SELECT near.client_id FROM near
    WHERE EXISTS (SELECT 1 FROM account_visit_contact AS seen
        WHERE seen.account_id = $7 AND seen.client_id = near.client_id AND seen.starts_at >= $8)
), meant AS (
    SELECT client.id, client.code, client.given, client.family, CASE
            WHEN client.code = $1 THEN 1
            WHEN EXISTS (SELECT 1 FROM client AS merged WHERE merged.merged_into = client.id AND merged.code = $1) THEN 1
            WHEN client.name_key = $3 OR client.name_key = $5 THEN 2
            WHEN client.code > $1 AND client.code < $2 THEN 3
            WHEN client.name_key > $3 AND client.name_key < $4 THEN 4
            WHEN client.name_key > $5 AND client.name_key < $6 THEN 5
            WHEN client.name_key LIKE $9 ESCAPE '\' THEN 6
            ELSE 0 END AS fit
    FROM known
    JOIN client ON client.id = known.client_id
)
SELECT id, code, given, family, CAST(fit AS BIGINT) AS fit
FROM meant
WHERE fit > 0
ORDER BY fit, code
LIMIT 20
