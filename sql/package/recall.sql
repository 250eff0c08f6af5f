-- Recalls the package $1: $2 when, $3 by whom.
UPDATE package SET status = 'recalled', recalled_at = $2, recalled_by = $3, timed = FALSE, lapses_at = NULL
WHERE id = $1 AND status <> 'recalled'
