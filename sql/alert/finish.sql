-- Writes down what became of the alert $1, which was taken in hand until $2: $3 state, $4 attempts, $5 next attempt, $6 when
-- and $7 to which address it was sent, $8 what went wrong, $9 the mail that it stays in.
UPDATE alert
SET state = $3, attempts = $4, next_attempt_at = $5, sent_at = $6, sent_to = $7, problem = $8, mail = $9
WHERE id = $1 AND next_attempt_at = $2 AND state IN ('waiting', 'sending')
