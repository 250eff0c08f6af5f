-- Returns the number of the last entry that an import or its undoing has written.
SELECT MAX(last_entry) AS number FROM operation
