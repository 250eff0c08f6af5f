-- Links an owner to a recipient: $1 id, $2 owner, $3 recipient, $4 data type, $5 from when.
INSERT INTO sharing_link (id, owner_id, recipient_id, data_type, from_at) VALUES ($1, $2, $3, $4, $5)
