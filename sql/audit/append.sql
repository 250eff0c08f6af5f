-- Adds an entry: $1 number, $2 when, $3 who, $4 acting as whom, $5 what, $6 on what, $7 before, $8 after, $9 salt, $10 hash.
INSERT INTO audit (sequence, at, actor, acting_as, action, subject, before, after, salt, hash)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
