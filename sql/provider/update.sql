-- Changes the provider $1: $2 name, $3 folded name, $4 alternate name, $5 description, $6 e-mail, $7 phone, $8 address in
-- the web, $9 postal code, $10 active or not. $11 why a source makes it inactive, if one does.
UPDATE provider
SET name = $2, name_key = $3, alternate_name = $4, description = $5, email = $6, phone = $7, url = $8, postal_code = $9,
    active = $10, ended_by_source = CASE WHEN active = $10 THEN ended_by_source WHEN active THEN $11 END
WHERE id = $1
