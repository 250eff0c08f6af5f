-- Returns the entry of the creation of the database.
SELECT sequence, after FROM audit WHERE action = 'database.init' AND after IS NOT NULL ORDER BY sequence LIMIT 1
