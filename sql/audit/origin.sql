-- Returns the hash of the first entry.
SELECT hash FROM audit ORDER BY sequence LIMIT 1
