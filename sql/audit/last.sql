-- Returns the number, the hash and the instant of the newest entry.
SELECT sequence, hash, at FROM audit ORDER BY sequence DESC LIMIT 1
