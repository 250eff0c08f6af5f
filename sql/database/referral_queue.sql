-- Returns the first hundred referrals whose status belongs to another queue (rule 2.5).
SELECT referral.code AS offender
FROM referral
JOIN queue_status ON queue_status.id = referral.status_id
WHERE queue_status.queue_id <> referral.queue_id
ORDER BY referral.code
LIMIT 100
