-- Returns the number of the first entry that is of another instant than the change that wrote it.
SELECT audit.sequence AS number
FROM operation_key
JOIN audit ON audit.sequence = operation_key.entry
WHERE audit.at <> operation_key.at
ORDER BY audit.sequence
LIMIT 1
