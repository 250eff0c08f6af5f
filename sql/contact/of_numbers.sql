-- Returns the contacts that have one of some folded numbers, in no order.
SELECT contact.id, contact.number, contact.client_id, client.code AS client, client.given AS client_given,
    client.family AS client_family, contact.given, contact.family, contact.postal_code, contact.phone, contact.email,
    contact.submitted_on, contact.details, contact.created_at, account.login AS created_by
FROM contact
JOIN client ON client.id = contact.client_id
JOIN account ON account.id = contact.created_by
WHERE contact.number_key IN ($all_in)
