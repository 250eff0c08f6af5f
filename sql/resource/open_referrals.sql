-- Returns how many open referrals are assigned to the resource $1.
SELECT CAST(count(*) AS BIGINT) AS referrals
FROM referral
JOIN queue_status ON queue_status.id = referral.status_id
WHERE referral.resource_id = $1 AND NOT queue_status.closed
