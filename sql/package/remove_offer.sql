-- Takes the offer $1 out of its package at $2, $3 by whom; its answer stays in the history.
UPDATE offer SET removed_at = $2, removed_by = $3 WHERE id = $1 AND removed_at IS NULL
