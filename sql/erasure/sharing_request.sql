-- Erases what is written about the sharing requests of the client $1, who gets the id $2.
UPDATE sharing_request SET client_id = $2, purpose = NULL, note = NULL WHERE client_id = $1
