-- Returns the hash of the entry with the number $1.
SELECT hash FROM audit WHERE sequence = $1
