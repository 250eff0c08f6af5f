-- Returns the visits of the packages with these ids, as offered and as they are, by time.
SELECT package_visit.package_id, visit.id, visit.code, visit.starts_at, visit.duration_minutes, visit.status,
    visit.provider_note, package_visit.offered_start, package_visit.offered_minutes
FROM package_visit
JOIN visit ON visit.id = package_visit.visit_id
WHERE package_visit.package_id IN ($all_in)
ORDER BY visit.starts_at, visit.id
