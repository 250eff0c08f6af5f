-- Returns the contact persons of the providers of the source $1 in their order.
SELECT contact_person.provider_id, contact_person.resource_id, contact_person.name, contact_person.title,
    contact_person.department, contact_person.email
FROM provider
JOIN contact_person ON contact_person.provider_id = provider.id
WHERE provider.source = $1
ORDER BY contact_person.provider_id, contact_person.position
