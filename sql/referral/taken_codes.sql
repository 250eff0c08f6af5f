-- Returns those of the codes that referrals have.
SELECT code FROM referral WHERE code IN ($all_in)
