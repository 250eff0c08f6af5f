-- Removes words that contacts are found by: $1 word, $2 contact.
DELETE FROM contact_word WHERE (word, contact_id) IN (VALUES ($1, $2))
