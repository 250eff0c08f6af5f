-- Gives the remainders of the provider $1 to the provider $2, behind its own.
UPDATE directory_remainder
SET provider_id = $2,
    position = position
        + (SELECT COALESCE(MAX(own.position), 0) + 1 FROM directory_remainder AS own WHERE own.provider_id = $2)
WHERE provider_id = $1
