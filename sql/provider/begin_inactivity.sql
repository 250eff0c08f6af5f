-- Notes that a provider is inactive: $1 id, $2 provider, $3 from when.
INSERT INTO provider_inactivity (id, provider_id, from_at) VALUES ($1, $2, $3)
