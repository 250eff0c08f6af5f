-- Erases the reasons and the signers of the answers to sharing requests of the client $1.
UPDATE sharing_answer SET reason = NULL, signed_by = NULL, signed_as = NULL
WHERE request_id IN (SELECT id FROM sharing_request WHERE client_id = $1)
