-- Begins a label: $1 id, $2 request, $3 label, $4 day of the signature, $5 last day, $6 by whom, $7 from when, $8 why, $9
-- the day on which the client has withdrawn, $10 how, $11 who signed, $12 by what right.
INSERT INTO sharing_answer (id, request_id, label, signed_on, expires_on, answered_by, from_at, reason,
    withdrawn_on, withdrawn_how, signed_by, signed_as)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
