-- Returns the entries by which a status of a queue got another label, or may have got its former one back.
SELECT before, after
FROM audit
WHERE action IN ('queue.rename-status', 'queue.undo') AND before IS NOT NULL AND after IS NOT NULL
ORDER BY sequence
