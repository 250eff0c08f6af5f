-- Returns the actions of the entries of these instants, and whether one was erased.
SELECT at, action, CAST(MAX(CASE WHEN erased THEN 1 ELSE 0 END) AS BIGINT) AS erased
FROM audit
WHERE at IN ($all_in)
GROUP BY at, action
