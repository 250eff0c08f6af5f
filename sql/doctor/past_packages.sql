-- Returns packages that wait or that all have rejected, of which no visit is planned after the instant $1; at most $2 of
-- each.
SELECT code, reference FROM (
    SELECT code, reference FROM package
    WHERE status = 'pending' AND NOT EXISTS (SELECT 1 FROM package_visit AS held
        JOIN visit ON visit.id = held.visit_id
        WHERE held.package_id = package.id AND held.live AND visit.status = 'planned' AND visit.starts_at > $1)
    ORDER BY status, timed, id
    LIMIT $2
) AS waiting
UNION ALL
SELECT code, reference FROM (
    SELECT code, reference FROM package
    WHERE status = 'rejected' AND NOT EXISTS (SELECT 1 FROM package_visit AS held
        JOIN visit ON visit.id = held.visit_id
        WHERE held.package_id = package.id AND held.live AND visit.status = 'planned' AND visit.starts_at > $1)
    ORDER BY status, timed, id
    LIMIT $2
) AS rejected
