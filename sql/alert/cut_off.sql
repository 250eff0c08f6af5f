-- Returns the alerts whose delivery was cut off: they are being sent, and the time for it ended at or before $1. The oldest
-- first, at most $2.
SELECT code, mail FROM alert
WHERE state = 'sending' AND next_attempt_at <= $1
ORDER BY next_attempt_at, mail, id
LIMIT $2
