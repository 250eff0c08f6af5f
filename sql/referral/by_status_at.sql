-- Returns how many referrals are at the resource $1 in each status, by label, the most frequent first.
SELECT status.label, count(*) AS referrals
FROM referral
JOIN queue_status AS status ON status.id = referral.status_id
WHERE referral.resource_id = $1
GROUP BY status.label
ORDER BY referrals DESC, status.label
