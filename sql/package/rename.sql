-- Gives the package $1 the reference $2, folded $3.
UPDATE package SET reference = $2, reference_key = $3 WHERE id = $1
