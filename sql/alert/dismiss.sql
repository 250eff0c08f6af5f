-- Withdraws the alert $1, which was read in the state $2 with the next attempt at $3, with the reason $4.
UPDATE alert SET state = 'withdrawn', problem = $4
WHERE id = $1 AND state = $2 AND next_attempt_at = $3
