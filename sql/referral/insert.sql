-- Adds a referral: $1 id, $2 code, $3 queue, $4 status, $5 client, $6 note, $7 when, $8 by whom.
INSERT INTO referral (id, code, queue_id, status_id, client_id, note, created_at, created_by)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
