-- Gives the releases of the provider $1 to the provider $2.
UPDATE release SET owner_id = $2 WHERE owner_id = $1
