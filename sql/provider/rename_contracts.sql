-- Gives the contracts of the provider $1 that are called as one of the provider $2 a name of their own, which ends in
-- $3, folded $4.
UPDATE contract SET name = name || $3, name_key = name_key || $4
WHERE provider_id = $1 AND name_key IN (SELECT own.name_key FROM contract AS own WHERE own.provider_id = $2)
