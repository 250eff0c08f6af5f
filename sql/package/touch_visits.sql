-- Tells calendars that something about the visits of the package $1 changed.
UPDATE visit SET sequence = sequence + 1 WHERE id IN (SELECT visit_id FROM package_visit WHERE package_id = $1)
