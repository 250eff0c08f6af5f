-- Adds one status: $1 id, $2 queue, $3 position, $4 label, $5 folded label, $6 closed or not.
INSERT INTO queue_status (id, queue_id, position, label, label_key, closed, retired)
VALUES ($1, $2, $3, $4, $5, $6, FALSE)
