-- Hands the accepted offer $1 back: $2 when, $3 by whom, $4 why.
UPDATE offer SET status = 'handed_back', ended_at = $2, ended_by = $3, reason = $4 WHERE id = $1 AND status = 'accepted'
