-- Gives the contact persons of the provider $1 to the provider $2, behind its own.
UPDATE contact_person
SET provider_id = $2,
    position = position + (SELECT COALESCE(MAX(own.position), 0) + 1 FROM contact_person AS own WHERE own.provider_id = $2)
WHERE provider_id = $1
