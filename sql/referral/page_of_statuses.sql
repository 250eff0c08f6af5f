-- Returns the ids of referrals, the newest first, in one of some statuses: without a resource ($1 is true), older than the
-- one with the id $2; at most $3; newer than the one with the id $4, created from $5 on, before $6; with the status that they
-- had before the instant $7. Of each status so many are read, however many are in it: range and order are those of one
-- index, so that no statistics lead a planner along another.
SELECT id
FROM (
    -- each
    SELECT id
    FROM (
        SELECT id FROM referral
        WHERE (status_id, id) > ($each, $4) AND (status_id, id) < ($each, $2)
            AND created_at >= $5 -- ?
            AND created_at < $6 -- ?
            -- ?{
            AND created_at < $7
            AND NOT EXISTS (SELECT 1 FROM referral_change AS change
                WHERE change.referral_id = referral.id AND change.what = 'status' AND change.at >= $7)
            -- ?}
            AND $1 AND resource_id IS NULL -- ?
        ORDER BY status_id DESC, id DESC
        LIMIT $3
    ) AS newest
    -- end
) AS page
ORDER BY id DESC
LIMIT $3
