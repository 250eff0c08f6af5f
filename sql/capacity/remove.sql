-- Takes the entry $1 back: $2 when, $3 by whom.
UPDATE capacity SET removed_at = $2, removed_by = $3 WHERE id = $1 AND removed_at IS NULL
