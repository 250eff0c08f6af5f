-- Closes at $2 the offers of the package $1 that nobody answered; those whose time was over have lapsed.
UPDATE offer SET status = 'closed', ended_at = $2, timed = FALSE
WHERE package_id = $1 AND status = 'pending' AND removed_at IS NULL AND (lapses_at IS NULL OR lapses_at > $2)
