-- Adds what is left of the client $1: under the id $2, with the code $3, replaced by the client $4, erased at $5. An imported
-- one had an id that follows from where it came from.
INSERT INTO client (id, code, given, family, name_key, status, merged_into, erased_at)
SELECT $2, $3, '', 'erased', 'erased', status, $4, $5 FROM client WHERE id = $1
