-- Returns the number of the first entry of which the instant is $1 or later.
SELECT min(sequence) AS sequence FROM audit WHERE at >= $1 HAVING count(*) > 0
