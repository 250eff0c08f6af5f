-- Adds the agency record of a provider: $1 id, $2 code, $3 provider, $4 name, $5 folded name.
INSERT INTO resource (id, code, provider_id, kind, name, name_key, state)
VALUES ($1, $2, $3, 'agency', $4, $5, 'active')
