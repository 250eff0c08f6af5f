-- Erases the contacts of the client $1, who gets the id $2. Their days stay.
UPDATE contact
SET client_id = $2, given = '', family = 'erased', name_key = 'erased', postal_code = NULL, phone = NULL, email = NULL,
    details = NULL
WHERE client_id = $1
