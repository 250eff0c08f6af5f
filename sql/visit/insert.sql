-- Adds visits: $1 id, $2 code, $3 referral, $4 start, $5 minutes, $6 note, $7 id in the source, $8 note for providers.
INSERT INTO visit (id, code, referral_id, starts_at, duration_minutes, status, note, sequence, source_id, provider_note)
VALUES ($1, $2, $3, $4, $5, 'planned', $6, 0, $7, $8)
