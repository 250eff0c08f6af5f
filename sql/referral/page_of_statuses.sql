-- Returns the ids of referrals, the newest first, in one of some statuses: without a resource ($1 is true), older than the
-- one with the id $2; at most $3. Of each status so many are read, however many are in it.
SELECT id
FROM (
    -- each
    SELECT id
    FROM (
        SELECT id FROM referral
        WHERE status_id = $each
            AND $1 AND resource_id IS NULL -- ?
            AND id < $2 -- ?
        ORDER BY id DESC
        LIMIT $3
    ) AS newest
    -- end
) AS page
ORDER BY id DESC
LIMIT $3
