-- Gives the requests of the provider $1 to the provider $2, but those to it.
UPDATE sharing_request SET recipient_id = $2 WHERE recipient_id = $1 AND owner_id <> $2
