-- Gives the details of the provider $1 to the provider $2, behind its own.
UPDATE directory_detail
SET provider_id = $2,
    position = position + (SELECT COALESCE(MAX(own.position), 0) + 1 FROM directory_detail AS own WHERE own.provider_id = $2)
WHERE provider_id = $1
