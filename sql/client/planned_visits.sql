-- Returns the visits of the client $1 that are planned after $2, each with its referral.
SELECT visit.code, referral.code AS referral
FROM referral
JOIN visit ON visit.referral_id = referral.id
WHERE referral.client_id = $1 AND visit.status = 'planned' AND visit.starts_at > $2
ORDER BY referral.id, visit.starts_at, visit.id
