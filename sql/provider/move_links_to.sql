-- Gives the links to the provider $1 to the provider $2, but those from it, and those for which it has its own.
UPDATE sharing_link SET recipient_id = $2
WHERE recipient_id = $1 AND owner_id <> $2
    AND NOT EXISTS (
        SELECT 1 FROM sharing_link AS own
        WHERE own.recipient_id = $2 AND own.owner_id = sharing_link.owner_id AND own.data_type = sharing_link.data_type)
