-- Returns the entries by which a status of a queue got another label.
SELECT before, after
FROM audit
WHERE action = 'queue.rename-status' AND before IS NOT NULL AND after IS NOT NULL
ORDER BY sequence
