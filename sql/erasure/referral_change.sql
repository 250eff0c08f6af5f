-- Erases the notes in the history of the referrals of the client $1; that there were some stays.
UPDATE referral_change SET was = NULL, became = NULL
WHERE what = 'note' AND referral_id IN (SELECT id FROM referral WHERE client_id = $1)
