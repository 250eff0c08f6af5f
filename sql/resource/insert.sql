-- Adds a program: $1 id, $2 code, $3 provider, $4 name, $5 folded name.
INSERT INTO resource (id, code, provider_id, kind, name, name_key, state)
VALUES ($1, $2, $3, 'program', $4, $5, 'active')
