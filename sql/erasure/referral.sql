-- Erases what is written about the referrals of the client $1, who gets the id $2.
UPDATE referral SET client_id = $2, note = NULL, source = NULL, source_id = NULL WHERE client_id = $1
