-- Returns entries, the newest first: on $1, by (or in the name of) $2, older than number $3, at most $4.
SELECT sequence, at, actor, acting_as, action, subject, before, after, salt, digest, erased, hash
FROM audit
WHERE TRUE
    AND subject = $1 -- ?
    AND $2 IN (actor, acting_as) -- ?
    AND sequence < $3 -- ?
ORDER BY sequence DESC
LIMIT $4
