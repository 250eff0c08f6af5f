-- Returns the ids of all packages of the client $1.
SELECT package.id
FROM referral
JOIN package ON package.referral_id = referral.id
WHERE referral.client_id = $1
