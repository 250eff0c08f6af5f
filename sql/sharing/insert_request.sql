-- Adds a request: $1 id, $2 code, $3 client, $4 owner, $5 recipient, $6 data type, $7 when, $8 by whom, $9 note, $10 the last
-- day on which it can be answered, $11 purpose.
INSERT INTO sharing_request (id, code, client_id, owner_id, recipient_id, data_type, requested_at, requested_by, note, open,
    lapses_on, purpose)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, TRUE, $10, $11)
