-- Returns the open referrals of the client $1 in the queue $2, the oldest first.
SELECT referral.code
FROM referral
JOIN queue_status AS status ON status.id = referral.status_id
WHERE referral.client_id = $1 AND referral.queue_id = $2 AND NOT status.closed
ORDER BY referral.id
