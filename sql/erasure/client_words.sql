-- Erases what the client $1 is found by.
DELETE FROM client_word WHERE client_id = $1
