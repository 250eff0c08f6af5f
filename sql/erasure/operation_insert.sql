-- Puts the key $2 in the place of $1 among the keys of rows that imports added.
UPDATE operation_insert SET row_keys = REPLACE(row_keys, $1, $2) WHERE row_keys LIKE $3
