-- Returns the clients whose folded name ends in a family name, pattern $1, or has a later word that begins so, pattern $2,
-- and then those who were called so before; for staff only ($3 is the portal account that looks). The names are read from
-- their index alone, which is a tenth of the table.
SELECT id, code, given, family, CASE WHEN name_key LIKE $1 ESCAPE '\' THEN CAST(6 AS BIGINT) ELSE CAST(7 AS BIGINT) END AS fit
FROM client
WHERE id IN (SELECT named.id FROM client AS named WHERE named.name_key LIKE $2 ESCAPE '\')
    AND merged_into IS NULL
    AND $3 IS NULL -- ?
UNION ALL
SELECT id, code, given, family, CAST(8 AS BIGINT) AS fit
FROM client
WHERE id IN (SELECT former.client_id FROM client_former_name AS former WHERE former.name_key LIKE $2 ESCAPE '\')
    AND merged_into IS NULL
    AND $3 IS NULL -- ?
ORDER BY fit, code
LIMIT 20
