-- Returns what some clients were called before, the latest first.
SELECT client_id, name FROM client_former_name WHERE client_id IN ($all_in) ORDER BY client_id, position DESC
