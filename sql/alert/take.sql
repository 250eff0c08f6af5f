-- Takes the alert $1 in hand, which waits for the instant $2: nobody else does so before $3.
UPDATE alert SET next_attempt_at = $3 WHERE id = $1 AND state = 'waiting' AND next_attempt_at = $2
