-- Closes the pending offers of the package $1; nobody answered them.
UPDATE offer SET status = 'closed' WHERE package_id = $1 AND status = 'pending' AND removed_at IS NULL
