-- Adds a release: $1 id, $2 code, $3 client, $4 owner, $5 data type, $6 day of the signature, $7 who signed, $8 by what
-- right, $9 last day, $10 event that ends it, $11 purpose, $12 to $14 whether the document states the right to revoke, the
-- conditions and the redisclosure, $15 for all providers or not, $16 media type, $17 bytes, $18 SHA-256, $19 now, $20 by,
-- $21 the release that holds the document, if that is another.
INSERT INTO release (id, code, client_id, owner_id, data_type, signed_on, signed_by, signed_as, expires_on,
    expiry_event, purpose, states_right_to_revoke, states_conditions, states_redisclosure, all_providers, media_type,
    size, sha256, created_at, created_by, paper_id)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21)
