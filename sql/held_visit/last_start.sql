-- Returns when the last visit starts that a provider has, or the provider $1.
SELECT visit.starts_at
FROM visit
JOIN held_visit AS held ON held.visit_id = visit.id
WHERE TRUE
    AND visit.holder_id = $1 -- ?
ORDER BY visit.starts_at DESC
LIMIT 1
