-- Returns the ids of statuses: of queue $1, with the folded label $2, open ones ($3 is true).
SELECT id FROM queue_status
WHERE TRUE
    AND queue_id = $1 -- ?
    AND label_key = $2 -- ?
    AND closed <> $3 -- ?
