-- Makes the queue $1 send referrals to the resource $2 as well.
INSERT INTO queue_resource (queue_id, resource_id) VALUES ($1, $2) ON CONFLICT DO NOTHING
