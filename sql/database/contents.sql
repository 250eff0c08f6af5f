-- Returns how many clients, packages and accounts there are.
SELECT (SELECT COUNT(*) FROM client) AS clients, (SELECT COUNT(*) FROM package) AS packages,
    (SELECT COUNT(*) FROM account) AS accounts
