-- Returns the open referrals of the client $1, with the first closed status of their queues.
SELECT referral.code, queue.name AS queue, (
    SELECT closing.label FROM queue_status AS closing
    WHERE closing.queue_id = referral.queue_id AND closing.closed AND NOT closing.retired
    ORDER BY closing.position LIMIT 1) AS closing
FROM referral
JOIN queue_status AS status ON status.id = referral.status_id
JOIN queue ON queue.id = referral.queue_id
WHERE referral.client_id = $1 AND NOT status.closed
ORDER BY referral.id
