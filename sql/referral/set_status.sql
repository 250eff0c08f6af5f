-- Gives the referral $1, which is in status $2, the status $3 and the note $4.
UPDATE referral SET status_id = $3, note = $4 WHERE id = $1 AND status_id = $2
