-- Erases the references of the packages of the client $1, which may hold a name: their codes take that place; and their
-- notes.
UPDATE package SET reference = code, reference_key = lower(code), provider_note = NULL
WHERE referral_id IN (SELECT id FROM referral WHERE client_id = $1)
