-- Gives what the table referral says of the client $1 to the client $2.
UPDATE referral SET client_id = $2 WHERE client_id = $1
