-- Returns from which age on a client signs for itself, as a text, or `none`.
SELECT value FROM setting WHERE name = 'signing_age'
