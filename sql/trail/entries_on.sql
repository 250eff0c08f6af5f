-- Returns the entries on these subjects, without what they replace.
SELECT sequence, subject, CASE WHEN after IS NULL THEN before END AS before, after, erased,
    action LIKE '%.undo' AS is_undo
FROM audit
WHERE subject IN ($all_in)
ORDER BY sequence
