-- Notes that the providers of the package $1 were changed: $2 when, $3 by whom.
UPDATE package SET amended_at = $2, amended_by = $3 WHERE id = $1 AND status IN ('pending', 'rejected')
