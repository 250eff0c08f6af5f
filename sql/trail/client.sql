-- Returns the clients with codes above $1 up to $2; lists are separated by $3.
SELECT client.code AS subject, client.erased_at IS NOT NULL AS erased, client.given, client.family, client.birth_date,
    client.postal_code, client.external_id AS id, client.status, client.since_on, other.code AS merged_into,
    client.address, client.carer_note,
    (SELECT string_agg(name, $3) FROM client_former_name WHERE client_id = client.id) AS former_names,
    (SELECT string_agg(CASE WHEN label IS NULL THEN number ELSE label || ': ' || number END, $3) FROM client_phone
        WHERE client_id = client.id) AS phones
FROM client
LEFT JOIN client AS other ON other.id = client.merged_into
WHERE client.code > $1 AND client.code <= $2
ORDER BY client.code
