-- Returns what stops with the resource $1 at the instant $2: of what sort, and its code or name.
SELECT 'open-referrals' AS sort, referral.code AS code
FROM referral
JOIN queue_status AS status ON status.id = referral.status_id
WHERE referral.resource_id = $1 AND NOT status.closed
UNION
SELECT 'queues' AS sort, queue.name AS code
FROM queue_resource AS link
JOIN queue ON queue.id = link.queue_id
WHERE link.resource_id = $1 AND queue.active
UNION
SELECT 'capacity' AS sort, capacity.code AS code
FROM capacity
WHERE capacity.resource_id = $1 AND capacity.removed_at IS NULL
    AND (capacity.ends_at IS NULL OR capacity.ends_at > $2)
    AND NOT EXISTS (SELECT 1 FROM capacity AS later
        WHERE later.resource_id = capacity.resource_id AND later.removed_at IS NULL
            AND later.starts_at > capacity.starts_at AND later.starts_at <= $2)
ORDER BY code
