-- Gives the disclosures to the provider $1 to the provider $2, but those by it.
UPDATE disclosure SET recipient_id = $2 WHERE recipient_id = $1 AND owner_id <> $2
