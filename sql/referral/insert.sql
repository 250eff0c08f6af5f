-- Adds a referral: $1 id, $2 code, $3 queue, $4 status, $5 client, $6 contact, $7 resource, $8 since when it is there,
-- $9 note, $10 when, $11 by whom, $12 the source that it came from, $13 its id there.
INSERT INTO referral (id, code, queue_id, status_id, client_id, contact_id, resource_id, assigned_at, note,
    created_at, created_by, source, source_id)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
