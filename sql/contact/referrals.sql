-- Returns the referrals of the contact $1, the oldest first; for the portal account $2 those of its resources (rule 2.6).
SELECT referral.code, queue.name AS queue, resource.code AS resource, resource.name AS resource_name,
    queue_status.label AS status
FROM referral
JOIN queue ON queue.id = referral.queue_id
JOIN queue_status ON queue_status.id = referral.status_id
LEFT JOIN resource ON resource.id = referral.resource_id
WHERE referral.contact_id = $1
    AND referral.resource_id IN (SELECT scope.resource_id FROM account_scope AS scope WHERE scope.account_id = $2) -- ?
ORDER BY referral.id
