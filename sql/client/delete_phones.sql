-- Removes the phones of the client $1.
DELETE FROM client_phone WHERE client_id = $1
