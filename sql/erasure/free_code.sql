-- Frees the code of the client $1, which a new row takes over; it gets $2 until it is removed.
UPDATE client SET code = $2 WHERE id = $1
