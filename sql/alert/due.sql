-- Returns the alert that has waited longest past the instant of its next attempt, where that is not after $1. One of a
-- sharing request waits until that has reached its owner, or has ended without that (rule 3.11).
SELECT id FROM alert
WHERE state = 'waiting' AND next_attempt_at <= $1
    AND (kind <> 'request'
        OR EXISTS (SELECT 1 FROM arrived_request AS arrived WHERE arrived.request_id = alert.request_id)
        OR NOT EXISTS (SELECT 1 FROM waiting_request AS waiting WHERE waiting.request_id = alert.request_id))
ORDER BY next_attempt_at, id
LIMIT 1
