-- Returns the resources that the queue $1 is linked to.
SELECT resource_id AS id FROM queue_resource WHERE queue_id = $1
