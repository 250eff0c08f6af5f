-- Returns the first hundred queues whose first status in use is closed, or that have none (rule 2.4).
SELECT name AS offender
FROM queue
WHERE COALESCE((
    SELECT closed FROM queue_status
    WHERE queue_id = queue.id AND NOT retired
    ORDER BY position
    LIMIT 1
), TRUE)
ORDER BY name
LIMIT 100
