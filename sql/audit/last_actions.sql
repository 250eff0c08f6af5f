-- Returns when each action was last done to each thing in $all_in, up to and including $1.
SELECT subject, action, max(at) AS at
FROM audit
WHERE subject IN ($all_in) AND at <= $1
GROUP BY subject, action
