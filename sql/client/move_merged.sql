-- Lets the client $1, and each that leads to it, lead to the client $2.
UPDATE client SET merged_into = $2 WHERE id = $1 OR merged_into = $1
