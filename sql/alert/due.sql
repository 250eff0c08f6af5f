-- Returns the alert that has waited longest past the instant of its next attempt, where that is not after $1.
SELECT id FROM alert
WHERE state = 'waiting' AND next_attempt_at <= $1
ORDER BY next_attempt_at, id
LIMIT 1
