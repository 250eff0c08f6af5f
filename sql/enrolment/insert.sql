-- Begins a standing: $1 id, $2 client, $3 provider, $4 active or not, $5 since which day, $6 from when this is so.
INSERT INTO enrolment (id, client_id, provider_id, active, since_on, from_at) VALUES ($1, $2, $3, $4, $5, $6)
