-- Notes that records are shared with no other provider: $1 id, $2 record, $3 from when.
INSERT INTO never_shared (id, record_id, from_at) VALUES ($1, $2, $3)
