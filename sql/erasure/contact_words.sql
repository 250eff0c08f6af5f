-- Erases what the contacts of the client $1 are found by.
DELETE FROM contact_word WHERE contact_id IN (SELECT contact.id FROM contact WHERE contact.client_id = $1)
