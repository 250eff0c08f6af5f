-- Adds pending offers: $1 id, $2 package, $3 provider, $4 requested by, $5 requested at, $6 opens at, $7 lapses at, $8
-- whether it has either.
INSERT INTO offer (id, package_id, provider_id, status, requested_by, requested_at, opens_at, lapses_at, timed)
VALUES ($1, $2, $3, 'pending', $4, $5, $6, $7, $8)
