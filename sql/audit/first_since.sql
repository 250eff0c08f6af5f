-- Returns the number of the first entry from the instant $1 on, of a trail that is in the order of time.
SELECT sequence FROM audit WHERE at >= $1 ORDER BY at, sequence LIMIT 1
