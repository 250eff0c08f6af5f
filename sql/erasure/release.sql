-- Erases the releases of the client $1, who gets the id $2: who signed, what for, why it was revoked, and the digest $3 in
-- place of that of the document.
UPDATE release
SET client_id = $2, signed_by = NULL, signed_as = NULL, expiry_event = NULL, purpose = NULL, reason = NULL, sha256 = $3
WHERE client_id = $1
