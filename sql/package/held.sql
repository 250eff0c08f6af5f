-- Returns the planned visits that the provider $1 has, but for those of the package $2: from $3 up to (not at) $4.
SELECT visit.starts_at, visit.duration_minutes
FROM visit
JOIN held_visit AS held ON held.visit_id = visit.id AND held.package_id <> $2
WHERE visit.holder_id = $1
    AND visit.starts_at >= $3 AND visit.starts_at < $4
    AND visit.status = 'planned'
ORDER BY visit.starts_at
