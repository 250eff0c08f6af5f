-- Returns the contact persons of the provider $1 in the order of their source: of its resource $2, of none if $3 is true.
SELECT contact_person.name, contact_person.title, contact_person.department, contact_person.email,
    resource.code AS resource, resource.name AS resource_name
FROM contact_person
LEFT JOIN resource ON resource.id = contact_person.resource_id
WHERE contact_person.provider_id = $1
    AND contact_person.resource_id = $2 -- ?
    AND $3 AND contact_person.resource_id IS NULL -- ?
ORDER BY contact_person.position
