-- Returns the contacts with numbers above $1 up to $2.
SELECT contact.number AS subject, client.erased_at IS NOT NULL AS erased, contact.number, contact.given, contact.family,
    contact.postal_code, contact.phone, contact.email, contact.submitted_on, contact.details, client.code AS client,
    contact.created_at, account.login AS created_by
FROM contact
JOIN client ON client.id = contact.client_id
JOIN account ON account.id = contact.created_by
WHERE contact.number > $1 AND contact.number <= $2
ORDER BY contact.number
