-- Adds what contacts are found by: $1 word, $2 contact.
INSERT INTO contact_word (word, contact_id) VALUES ($1, $2) ON CONFLICT DO NOTHING
