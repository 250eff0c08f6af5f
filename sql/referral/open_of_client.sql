-- Returns the open referrals of clients, each with queue and status: of the code $1, the id of another system $2, the folded
-- name $3 or the same with the family name typed first, $4, and then those of whom $3 is a word of a name that they have or
-- had. Codes and ids of a client that another has replaced mean that other.
SELECT referral.id, referral.code, queue.name AS queue, status.label AS status, MIN(meant.fit) AS fit
FROM (
    SELECT COALESCE(merged_into, id) AS id, CAST(1 AS BIGINT) AS fit FROM client WHERE code = $1
    UNION ALL
    SELECT COALESCE(merged_into, id) AS id, CAST(1 AS BIGINT) AS fit FROM client WHERE external_id = $2
    UNION ALL
    SELECT id, CAST(2 AS BIGINT) AS fit FROM client WHERE name_key IN ($3, $4) AND merged_into IS NULL
    UNION ALL
    SELECT client_id AS id, CAST(3 AS BIGINT) AS fit FROM client_word WHERE word = $3
) AS meant
JOIN referral ON referral.client_id = meant.id
JOIN queue_status AS status ON status.id = referral.status_id AND NOT status.closed
JOIN queue ON queue.id = referral.queue_id
GROUP BY referral.id, referral.code, queue.name, status.label
ORDER BY fit, referral.code
LIMIT 20
