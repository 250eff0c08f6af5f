-- Returns the entries on these subjects.
SELECT sequence, at, actor, acting_as, action, subject, before, after, salt, digest, erased, hash
FROM audit
WHERE subject IN ($all_in)
ORDER BY sequence
