-- Gives the links from the provider $1 to the provider $2, but those to it, and those for which it has its own.
UPDATE sharing_link SET owner_id = $2
WHERE owner_id = $1 AND recipient_id <> $2
    AND NOT EXISTS (
        SELECT 1 FROM sharing_link AS own
        WHERE own.owner_id = $2 AND own.recipient_id = sharing_link.recipient_id AND own.data_type = sharing_link.data_type)
