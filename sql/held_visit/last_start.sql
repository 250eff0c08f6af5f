-- Returns when the last visit starts that the provider $1 has, or the portal account $2 may see.
SELECT visit.starts_at
FROM visit
JOIN held_visit AS held ON held.visit_id = visit.id
WHERE TRUE
    AND visit.holder_id = $1 -- ?
    AND EXISTS (SELECT 1 FROM account_visit AS own WHERE own.account_id = $2 AND own.visit_id = visit.id) -- ?
ORDER BY visit.starts_at DESC
LIMIT 1
