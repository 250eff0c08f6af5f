-- Withdraws the alerts about the client $1 that have not been sent, and erases what went wrong with the others: a mail
-- server may repeat what it was sent.
UPDATE alert
SET problem = CASE WHEN state IN ('waiting', 'failed') THEN 'the client was erased before this was sent' END,
    state = CASE WHEN state IN ('waiting', 'failed') THEN 'withdrawn' ELSE state END
WHERE referral_id IN (SELECT mine.id FROM referral AS mine WHERE mine.client_id = $1)
    OR package_id IN (SELECT mine.id FROM package AS mine
        JOIN referral AS its ON its.id = mine.referral_id WHERE its.client_id = $1)
    OR request_id IN (SELECT mine.id FROM sharing_request AS mine WHERE mine.client_id = $1)
    OR release_id IN (SELECT mine.id FROM release AS mine WHERE mine.client_id = $1)
