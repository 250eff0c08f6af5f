-- Erases what is written about the visits of the client $1, and the ids by which another system knows them.
UPDATE visit SET note = NULL, provider_note = NULL, source_id = NULL
WHERE referral_id IN (SELECT id FROM referral WHERE client_id = $1)
