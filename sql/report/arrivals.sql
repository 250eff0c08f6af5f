-- Returns the referrals created from $1 to before $2, each with when its status first changed: in the queue $3.
SELECT referral.created_at,
    (SELECT MIN(referral_change.at) FROM referral_change
        WHERE referral_change.referral_id = referral.id AND referral_change.what = 'status') AS changed_at
FROM referral
WHERE referral.created_at >= $1 AND referral.created_at < $2
    AND referral.queue_id = $3 -- ?
