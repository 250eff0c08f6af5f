-- Gives the requests to the provider $1 to the provider $2, but those from it.
UPDATE sharing_request SET owner_id = $2 WHERE owner_id = $1 AND recipient_id <> $2
