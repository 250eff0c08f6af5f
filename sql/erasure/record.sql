-- Erases the records of the client $1, who gets the id $2. Their owners, types, categories and days stay.
UPDATE record SET client_id = $2, title = 'erased', units = NULL, detail = NULL, source_id = NULL WHERE client_id = $1
