-- Returns which operations have taken back the ones with these numbers: the number, when, and the number of what takes it
-- back.
SELECT audit.subject, audit.at, (SELECT MIN(own.sequence) FROM audit AS own WHERE own.at = audit.at) AS number
FROM audit
WHERE audit.action = 'operation.undo' AND audit.subject IN ($all_in)
ORDER BY audit.sequence
