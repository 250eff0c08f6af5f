-- Returns the ids of referrals, the newest first: with the id $1, of client $2, of contact $3, in queue $4, in a status with
-- the folded label $5, in an open status ($6 is true), at resource $7, at a resource of provider $8, at none ($9 is true),
-- older than the one with the id $10; of those at a resource of the portal account $11; at most $12; newer
-- than the one with the id $13, created from $14 on, before $15; with the status that they had before the instant $16.
SELECT id FROM referral
WHERE TRUE
    AND id = $1 -- ?
    AND client_id = $2 -- ?
    AND contact_id = $3 -- ?
    AND queue_id = $4 -- ?
    AND status_id IN (SELECT wanted.id FROM queue_status AS wanted WHERE wanted.label_key = $5) -- ?
    AND status_id IN (SELECT wanted.id FROM queue_status AS wanted WHERE wanted.closed <> $6) -- ?
    AND resource_id = $7 -- ?
    AND resource_id IN (SELECT wanted.id FROM resource AS wanted WHERE wanted.provider_id = $8) -- ?
    AND $9 AND resource_id IS NULL -- ?
    AND id < $10 -- ?
    AND id > $13 -- ?
    AND created_at >= $14 -- ?
    AND created_at < $15 -- ?
    -- ?{
    AND created_at < $16
    AND NOT EXISTS (SELECT 1 FROM referral_change AS change
        WHERE change.referral_id = referral.id AND change.what = 'status' AND change.at >= $16)
    -- ?}
    AND resource_id IN (SELECT mine.resource_id FROM account_scope AS mine WHERE mine.account_id = $11) -- ?
ORDER BY id DESC
LIMIT $12
