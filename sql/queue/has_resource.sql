-- Returns a row where the queue $1 is linked to the resource $2.
SELECT resource_id FROM queue_resource WHERE queue_id = $1 AND resource_id = $2
