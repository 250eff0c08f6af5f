-- Returns the referrals of the client $1.
SELECT id FROM referral WHERE client_id = $1
