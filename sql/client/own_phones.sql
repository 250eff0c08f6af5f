-- Returns the phones of the clients with these ids, in order.
SELECT client_id, label, number FROM client_phone WHERE client_id IN ($all_in) ORDER BY client_id, position
