-- Returns how many referrals are in the status $1.
SELECT CAST(count(*) AS BIGINT) AS referrals FROM referral WHERE status_id = $1
