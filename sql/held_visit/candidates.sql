-- Returns the visits that a reference may mean, of those that a provider has: $1 a code, $1 to $2 codes that begin so; of
-- those that the portal account $3 may see.
SELECT visit.id, visit.code, CASE WHEN visit.code = $1 THEN CAST(1 AS BIGINT) ELSE CAST(2 AS BIGINT) END AS fit
FROM visit
JOIN held_visit AS held ON held.visit_id = visit.id
WHERE visit.code >= $1 AND visit.code < $2
    AND EXISTS (SELECT 1 FROM account_visit AS own WHERE own.account_id = $3 AND own.visit_id = visit.id) -- ?
ORDER BY fit, visit.code
LIMIT 20
