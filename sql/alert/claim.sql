-- Claims the alert $1, which was taken in hand until $2, just before its content leaves.
UPDATE alert SET state = 'sending' WHERE id = $1 AND state = 'waiting' AND next_attempt_at = $2
