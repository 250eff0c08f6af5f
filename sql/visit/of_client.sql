-- Returns the planned visits of the client $1 that start from $2 up to (not at) $3, with their referrals.
SELECT visit.id, visit.code, visit.starts_at, visit.duration_minutes, referral.code AS referral
FROM referral
JOIN visit ON visit.referral_id = referral.id
WHERE referral.client_id = $1
    AND visit.starts_at >= $2 AND visit.starts_at < $3
    AND visit.status = 'planned'
ORDER BY visit.starts_at, visit.id
