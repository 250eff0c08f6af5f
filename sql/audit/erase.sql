-- Erases the payload of the entry $1, of which the subject $2 is left, and the digest $3 if it had a salt.
UPDATE audit SET subject = $2, before = NULL, after = NULL, salt = NULL, digest = $3, erased = TRUE WHERE sequence = $1
