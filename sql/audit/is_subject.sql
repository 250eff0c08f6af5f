-- Returns a row if there is an entry on $1.
SELECT 1 FROM audit WHERE subject = $1 LIMIT 1
