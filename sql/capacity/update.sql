-- Changes the entry $1: $2 places, $3 unit, $4 maximum, $5 start, $6 end, $7 note.
UPDATE capacity
SET places = $2, unit = $3, maximum = $4, starts_at = $5, ends_at = $6, note = $7
WHERE id = $1 AND removed_at IS NULL
