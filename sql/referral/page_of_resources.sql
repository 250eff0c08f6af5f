-- Returns the ids of referrals, the newest first, at one of some resources: in queue $1, in a status with the folded label
-- $2, in an open status ($3 is true), older than the one with the id $4; at most $5; newer than the one with the
-- id $6, created from $7 on, before $8; with the status that they had before the instant $9. Of each resource so many are
-- read, however many it has: range and order are those of one index, so that no statistics lead a planner along another.
SELECT id
FROM (
    -- each
    SELECT id
    FROM (
        SELECT id FROM referral
        WHERE (resource_id, id) > ($each, $6) AND (resource_id, id) < ($each, $4)
            AND created_at >= $7 -- ?
            AND created_at < $8 -- ?
            -- ?{
            AND created_at < $9
            AND NOT EXISTS (SELECT 1 FROM referral_change AS change
                WHERE change.referral_id = referral.id AND change.what = 'status' AND change.at >= $9)
            -- ?}
            AND queue_id = $1 -- ?
            AND status_id IN (SELECT wanted.id FROM queue_status AS wanted WHERE wanted.label_key = $2) -- ?
            AND status_id IN (SELECT wanted.id FROM queue_status AS wanted WHERE wanted.closed <> $3) -- ?
        ORDER BY resource_id DESC, id DESC
        LIMIT $5
    ) AS newest
    -- end
) AS page
ORDER BY id DESC
LIMIT $5
