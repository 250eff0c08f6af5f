-- Erases what went wrong with alerts about the client $1: a mail server may repeat what it was sent.
UPDATE alert SET problem = NULL WHERE referral_id IN (SELECT id FROM referral WHERE client_id = $1)
