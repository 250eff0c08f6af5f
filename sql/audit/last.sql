-- Returns the number and the hash of the newest entry.
SELECT sequence, hash FROM audit ORDER BY sequence DESC LIMIT 1
