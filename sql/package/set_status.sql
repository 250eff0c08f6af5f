-- Gives the package $1, which has the status $2, the status $3.
UPDATE package SET status = $3 WHERE id = $1 AND status = $2
