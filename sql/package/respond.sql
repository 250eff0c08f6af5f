-- Answers the offer $1 while it is pending at the instant $3: $2 status, $4 by whom, $5 why.
UPDATE offer SET status = $2, responded_at = $3, responded_by = $4, reason = $5, timed = FALSE
WHERE id = $1 AND status = 'pending' AND removed_at IS NULL
    AND (opens_at IS NULL OR opens_at <= $3) AND (lapses_at IS NULL OR lapses_at > $3)
