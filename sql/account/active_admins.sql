-- Returns how many active admins there are besides the account $1.
SELECT count(*) AS admins FROM account
WHERE level = 'admin' AND active
    AND id <> $1 -- ?
