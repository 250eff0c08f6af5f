-- Returns what visits were that an import had brought and that were taken back with it, by entries of the audit
-- trail after the number $1: their views as JSON.
SELECT audit.before
FROM audit
WHERE audit.action = 'import.undo' AND audit.sequence > $1
    AND audit.subject >= 'VIS-' AND audit.subject < 'VIS.'
    AND audit.after IS NULL AND audit.before IS NOT NULL
ORDER BY audit.sequence
