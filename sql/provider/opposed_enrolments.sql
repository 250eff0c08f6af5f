-- Returns the clients who are active at one of the providers $1 and $2 and not at the other, with how they stand at
-- the second.
SELECT client.code, other.active
FROM enrolment AS one
JOIN enrolment AS other ON other.client_id = one.client_id AND other.provider_id = $2 AND other.until_at IS NULL
JOIN client ON client.id = one.client_id
WHERE one.provider_id = $1 AND one.until_at IS NULL AND one.active <> other.active
ORDER BY client.name_key, client.id
