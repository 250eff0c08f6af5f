-- Makes the queue $1 no longer send referrals to the resource $2.
DELETE FROM queue_resource WHERE queue_id = $1 AND resource_id = $2
