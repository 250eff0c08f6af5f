-- Returns the number of the newest entry that is known otherwise to have been written: by an import or its undoing, or by a
-- change.
SELECT MAX(number) AS number
FROM (SELECT MAX(last_entry) AS number FROM operation UNION ALL SELECT MAX(entry) FROM operation_key) AS written
