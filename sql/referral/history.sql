-- Returns what became of the referral $1, in order. was_name and became_name are what resources are called today.
SELECT referral_change.at, account.login AS by, referral_change.acted_by, referral_change.what, referral_change.was,
    referral_change.became, earlier.name AS was_name, later.name AS became_name
FROM referral_change
JOIN account ON account.id = referral_change.by_account
LEFT JOIN resource AS earlier ON referral_change.what = 'resource' AND earlier.code = referral_change.was
LEFT JOIN resource AS later ON referral_change.what = 'resource' AND later.code = referral_change.became
WHERE referral_change.referral_id = $1
ORDER BY referral_change.id
