-- Adds a package: $1 id, $2 code, $3 reference, $4 folded reference, $5 referral, $6 when, $7 by whom, $8 note for providers.
INSERT INTO package (id, code, reference, reference_key, referral_id, status, created_at, created_by, provider_note)
VALUES ($1, $2, $3, $4, $5, 'pending', $6, $7, $8)
