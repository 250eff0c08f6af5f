-- Adds pending offers: $1 id, $2 package, $3 provider, $4 requested by, $5 requested at.
INSERT INTO offer (id, package_id, provider_id, status, requested_by, requested_at)
VALUES ($1, $2, $3, 'pending', $4, $5)
