-- Returns the contacts whose folded name ends in a family name, pattern $1, or has a later word that begins so, pattern $2;
-- for the portal account $3 those whose details it may read (rule 2.7).
SELECT id, number, given, family, CASE WHEN name_key LIKE $1 ESCAPE '\' THEN CAST(6 AS BIGINT)
    ELSE CAST(7 AS BIGINT) END AS fit
FROM contact
WHERE id IN (SELECT named.id FROM contact AS named WHERE named.name_key LIKE $2 ESCAPE '\')
    AND id IN (SELECT seen.contact_id FROM account_contact AS seen WHERE seen.account_id = $3) -- ?
ORDER BY fit, number
LIMIT 20
