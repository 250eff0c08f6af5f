-- Takes away the contact persons of the provider $1.
DELETE FROM contact_person WHERE provider_id = $1
