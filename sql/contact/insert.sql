-- Adds a contact: $1 id, $2 number, $3 folded number, $4 client, $5 given names, $6 family name, $7 folded name, $8 postal
-- code, $9 telephone, $10 e-mail, $11 submit date, $12 details, $13 when, $14 by whom.
INSERT INTO contact (id, number, number_key, client_id, given, family, name_key, postal_code, phone, email, submitted_on,
    details, created_at, created_by)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
