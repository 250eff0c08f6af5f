-- Answers the offer $1 while it is pending: $2 status, $3 when, $4 by whom, $5 why.
UPDATE offer SET status = $2, responded_at = $3, responded_by = $4, reason = $5
WHERE id = $1 AND status = 'pending' AND removed_at IS NULL
