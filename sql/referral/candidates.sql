-- Returns the referrals that a reference may mean, each with queue and status: $1 a code, $1 to $2 codes that begin so, $5
-- and $6 the folded number of a contact as typed and as a code is read; for staff only ($3 is the portal account that
-- looks), or of those assigned to a resource of the portal account $4; for staff at most $7 of what many begin with.
SELECT found.id, found.code, queue.name AS queue, status.label AS status, found.fit
FROM (
    SELECT id, code, queue_id, status_id, resource_id, CAST(1 AS BIGINT) AS fit FROM referral WHERE code = $1
    UNION ALL
    SELECT id, code, queue_id, status_id, resource_id, CAST(2 AS BIGINT) AS fit
    FROM (
        SELECT id, code, queue_id, status_id, resource_id FROM referral
        WHERE code > $1 AND code < $2
        ORDER BY code
        LIMIT $7 -- ?
    ) AS coded
    UNION ALL
    SELECT id, code, queue_id, status_id, resource_id, CAST(3 AS BIGINT) AS fit FROM referral
    WHERE contact_id IN (SELECT contact.id FROM contact WHERE contact.number_key IN ($5, $6))
) AS found
JOIN queue ON queue.id = found.queue_id
JOIN queue_status AS status ON status.id = found.status_id
WHERE TRUE
    AND $3 IS NULL -- ?
    AND found.resource_id IN (SELECT mine.resource_id FROM account_scope AS mine WHERE mine.account_id = $4) -- ?
ORDER BY found.fit, found.code
LIMIT 20
