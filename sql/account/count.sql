-- Returns how many accounts there are.
SELECT count(*) AS accounts FROM account
