-- Returns what was done after the entry $1 to things under these names, but for imports that were taken
-- back and what took them back.
SELECT audit.subject, audit.action, audit.actor, audit.at
FROM audit
WHERE audit.sequence > $1 AND audit.subject IN ($all_in)
    AND (audit.before IS NOT NULL OR audit.after IS NOT NULL OR audit.erased)
    AND NOT EXISTS (
        SELECT 1 FROM operation
        WHERE audit.sequence BETWEEN operation.first_entry AND operation.last_entry
            AND (operation.undoes IS NOT NULL OR operation.undone_by IS NOT NULL AND operation.kept = 0))
ORDER BY audit.sequence
