-- Notes that the provider $2 has accepted the visits of the package $1, which calendars learn.
UPDATE visit SET holder_id = $2, sequence = sequence + 1
WHERE id IN (SELECT visit_id FROM package_visit WHERE package_id = $1)
