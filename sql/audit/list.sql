-- Returns entries, the newest first: on $1, by (or in the name of) $2, older than number $3, at most $4; from $5 on, before
-- $6; of the action $7; from the number $8 on, up to and including $9.
SELECT sequence, at, actor, acting_as, action, subject, before, after, salt, digest, erased, hash
FROM audit
WHERE TRUE
    AND subject = $1 -- ?
    AND $2 IN (actor, acting_as) -- ?
    AND sequence < $3 -- ?
    AND at >= $5 -- ?
    AND at < $6 -- ?
    AND action = $7 -- ?
    AND sequence >= $8 -- ?
    AND sequence <= $9 -- ?
ORDER BY sequence DESC
LIMIT $4
