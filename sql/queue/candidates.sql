-- Returns the queues that a name may mean: $1 the folded name, $2 the end of the range of names that begin so, the active
-- before others; for staff only ($3 is the portal account that looks), or of those that a referral of the portal account
-- $4 is in.
SELECT id, name, CAST(1 AS BIGINT) AS fit
FROM queue
WHERE name_key = $1
    AND $3 IS NULL -- ?
    -- ?{
    AND id = (SELECT referral.queue_id FROM account_scope AS mine
        JOIN referral ON referral.resource_id = mine.resource_id
        WHERE mine.account_id = $4 AND referral.queue_id = queue.id LIMIT 1)
    -- ?}
UNION ALL
SELECT id, name, CASE WHEN active THEN CAST(2 AS BIGINT) ELSE CAST(3 AS BIGINT) END AS fit
FROM queue
WHERE name_key > $1 AND name_key < $2
    AND $3 IS NULL -- ?
    -- ?{
    AND id = (SELECT referral.queue_id FROM account_scope AS mine
        JOIN referral ON referral.resource_id = mine.resource_id
        WHERE mine.account_id = $4 AND referral.queue_id = queue.id LIMIT 1)
    -- ?}
ORDER BY fit, name
LIMIT 20
