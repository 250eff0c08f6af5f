-- Returns whose the referrals are that have the codes in $all_in.
SELECT referral.code, client.code AS client, client.given, client.family
FROM referral
JOIN client ON client.id = referral.client_id
WHERE referral.code IN ($all_in)
