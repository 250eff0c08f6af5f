-- Returns how many open referrals the portal account $1 sees in each status, by queue and in the order of its statuses.
SELECT queue.name AS queue, status.label AS status, CAST(COUNT(*) AS BIGINT) AS referrals
FROM referral
JOIN queue_status AS status ON status.id = referral.status_id
JOIN queue ON queue.id = status.queue_id
WHERE NOT status.closed
    AND referral.resource_id IN (SELECT mine.resource_id FROM account_scope AS mine WHERE mine.account_id = $1)
GROUP BY queue.name_key, queue.name, status.position, status.label
ORDER BY queue.name_key, status.position
