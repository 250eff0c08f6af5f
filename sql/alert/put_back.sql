-- Lets the alert $1, which was read in the state $2 with the next attempt at $3, wait anew, from $4 on, in the mail $5.
UPDATE alert SET state = 'waiting', attempts = 0, next_attempt_at = $4, problem = NULL, mail = $5
WHERE id = $1 AND state = $2 AND next_attempt_at = $3
