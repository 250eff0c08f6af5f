-- Returns how many entries of each action follow that with the number $1, the most frequent first.
SELECT action, COUNT(*) AS number FROM audit WHERE sequence > $1 GROUP BY action ORDER BY number DESC, action
