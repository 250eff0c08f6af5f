-- Returns the open referrals at the resources with these ids.
SELECT referral.code
FROM referral
JOIN queue_status AS status ON status.id = referral.status_id
WHERE referral.resource_id IN ($all_in) AND NOT status.closed
