-- Claims the alerts of the mail $1, which was taken in hand until $2, just before its content leaves.
UPDATE alert SET state = 'sending' WHERE mail = $1 AND state = 'waiting' AND next_attempt_at = $2
