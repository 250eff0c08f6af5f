-- Returns the entries behind the number $1, the oldest first, at most $2: on $3, by (or in the name of) $4, of the action $5.
SELECT sequence, at, actor, acting_as, action, subject, before, after, salt, digest, erased, hash
FROM audit
WHERE sequence > $1
    AND subject = $3 -- ?
    AND $4 IN (actor, acting_as) -- ?
    AND action = $5 -- ?
ORDER BY sequence
LIMIT $2
