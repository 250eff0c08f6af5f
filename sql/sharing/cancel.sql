-- Cancels the request $1, which is open and becomes closed: $2 when, $3 by whom.
UPDATE sharing_request SET open = FALSE, cancelled_at = $2, cancelled_by = $3
WHERE id = $1 AND open AND cancelled_at IS NULL
