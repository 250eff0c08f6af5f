-- Gives the disclosures by the provider $1 to the provider $2, but those to it.
UPDATE disclosure SET owner_id = $2 WHERE owner_id = $1 AND recipient_id <> $2
