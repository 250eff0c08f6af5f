-- Returns the entries that say what a thing was and what it became, whose action is like $1, and if $2 those that take an
-- import back.
SELECT sequence, before, after, action LIKE '%.undo' AS is_undo
FROM audit
WHERE before IS NOT NULL AND after IS NOT NULL AND (action LIKE $1 OR $2 AND action = 'import.undo')
ORDER BY sequence
