-- Returns referrals by queue, status and resource, each with when it came and when its status first changed: in the queue
-- $1, of the resource $2, of the provider $3, in an open status ($4 is true), come at or after $5 and before $6; of the
-- resources that the portal account $7 acts for.
SELECT queue.name AS queue, queue_status.label AS status, queue_status.closed, resource.code AS resource,
    resource.name AS resource_name, referral.created_at,
    (SELECT min(referral_change.at) FROM referral_change
        WHERE referral_change.referral_id = referral.id AND referral_change.what = 'status') AS changed_at
FROM referral
JOIN queue ON queue.id = referral.queue_id
JOIN queue_status ON queue_status.id = referral.status_id
LEFT JOIN resource ON resource.id = referral.resource_id
WHERE TRUE
    AND referral.queue_id = $1 -- ?
    AND referral.resource_id = $2 -- ?
    AND resource.provider_id = $3 -- ?
    AND queue_status.closed <> $4 -- ?
    AND referral.created_at >= $5 -- ?
    AND referral.created_at < $6 -- ?
    AND referral.resource_id IN (SELECT mine.resource_id FROM account_scope AS mine WHERE mine.account_id = $7) -- ?
ORDER BY queue.name_key, queue_status.position, resource.name_key NULLS FIRST, resource.id NULLS FIRST
