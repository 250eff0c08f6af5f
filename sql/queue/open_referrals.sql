-- Returns how many open referrals are in the queue $1; only those assigned to the resource $2.
SELECT CAST(count(*) AS BIGINT) AS referrals
FROM queue_status
JOIN referral ON referral.status_id = queue_status.id
WHERE queue_status.queue_id = $1 AND NOT queue_status.closed
    AND referral.resource_id = $2 -- ?
