-- Returns the number of the last entry before the instant $1, of a trail that is in the order of time.
SELECT sequence FROM audit WHERE at < $1 ORDER BY at DESC, sequence DESC LIMIT 1
