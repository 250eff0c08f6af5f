-- Returns the open referrals in the queue $1, or only those at the resource $2.
SELECT 'open-referrals' AS sort, referral.code
FROM referral
JOIN queue_status AS status ON status.id = referral.status_id
WHERE status.queue_id = $1 AND NOT status.closed
    AND referral.resource_id = $2 -- ?
ORDER BY referral.code
