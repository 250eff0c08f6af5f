-- Returns the codes of the imports that wrote one of these entries.
SELECT DISTINCT operation.code
FROM audit
JOIN operation ON operation.first_entry <= audit.sequence AND operation.last_entry >= audit.sequence
WHERE operation.undoes IS NULL AND audit.sequence IN ($all_in)
ORDER BY operation.code
