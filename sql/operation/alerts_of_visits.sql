-- Returns the alerts about the packages of these visits that were queued at the instant $1: the code, and how each stands.
SELECT DISTINCT alert.code, alert.state
FROM package_visit
JOIN alert ON alert.package_id = package_visit.package_id
WHERE alert.queued_at = $1 AND package_visit.visit_id IN ($all_in)
ORDER BY alert.code
