-- Returns the codes and the starts of the visits of the referrals in $all_in, in order.
SELECT visit.referral_id, visit.code, visit.starts_at
FROM visit
WHERE visit.referral_id IN ($all_in)
ORDER BY visit.referral_id, visit.starts_at, visit.id
