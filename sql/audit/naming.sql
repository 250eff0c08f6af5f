-- Returns the entries whose payload is like $1.
SELECT sequence, at, actor, acting_as, action, subject, before, after, salt, digest, erased, hash
FROM audit
WHERE before LIKE $1 OR after LIKE $1
ORDER BY sequence
