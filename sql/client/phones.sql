-- Returns the phones of clients: their own, and those that their contacts have.
SELECT client_id, number AS phone FROM client_phone
UNION
SELECT client_id, phone FROM contact WHERE phone IS NOT NULL
