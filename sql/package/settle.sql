-- Writes down how the package $1 stands: $2 its status, $3 whether it lapses, $4 when.
UPDATE package SET status = $2, timed = $3, lapses_at = $4 WHERE id = $1 AND status IN ('pending', 'rejected', 'accepted')
