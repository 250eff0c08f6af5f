-- Returns the changes that were made, each the entries of one transaction, the newest first: before the entry $1, at most
-- $2; by $3; of an action from $4 to $5; from the instant $6 on, before $7; on $8; with the entry $9. Each with its first and
-- its last entry, and the import that it was.
WITH RECURSIVE step (first, place) AS (
    -- Behind the newest entry that may be one of them.
    SELECT COALESCE(MAX(sequence), 0) + 1, CAST(0 AS BIGINT)
    FROM audit
    WHERE sequence < $1 -- ?
    UNION ALL
    SELECT (SELECT MIN(own.sequence) FROM audit AS own WHERE own.at = audit.at), step.place + 1
    FROM step
    JOIN audit ON audit.sequence = (
        SELECT MAX(earlier.sequence) FROM audit AS earlier
        WHERE earlier.sequence < step.first
            AND earlier.action NOT LIKE '%.read' AND earlier.action NOT LIKE '%.pdf'
            AND earlier.action NOT IN ('account.sees', 'alert.derive', 'client.export', 'clock.even-so',
                'database.backup', 'database.verify')
            AND $3 = COALESCE(earlier.acting_as, earlier.actor) -- ?
            AND earlier.action >= $4 -- ?
            AND earlier.action < $5 -- ?
            AND earlier.at >= $6 -- ?
            AND earlier.at < $7 -- ?
            AND earlier.subject = $8 -- ?
            AND earlier.sequence = $9 -- ?
    )
    WHERE step.place < $2
)
SELECT head.sequence AS first, tail.sequence AS last, head.at, COALESCE(head.acting_as, head.actor) AS by,
    CASE WHEN head.acting_as IS NOT NULL THEN head.actor END AS acted_by,
    head.action AS first_action, head.subject AS first_subject, tail.action, tail.subject,
    head.erased OR tail.erased AS erased, import.code, import.kept, undo.id AS undone_by, import.undoes
FROM step
JOIN audit AS head ON head.sequence = step.first
JOIN audit AS tail ON tail.sequence = (SELECT MAX(own.sequence) FROM audit AS own WHERE own.at = head.at)
LEFT JOIN operation AS import ON import.first_entry BETWEEN head.sequence AND tail.sequence
LEFT JOIN operation AS undo ON undo.id = import.undone_by
WHERE step.place > 0
ORDER BY head.sequence DESC
