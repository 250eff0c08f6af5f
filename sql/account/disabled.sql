-- Returns the logins of all disabled accounts.
SELECT login FROM account WHERE active = FALSE
