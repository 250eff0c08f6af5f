-- Returns what the providers of a list are called.
SELECT id, code, name FROM provider WHERE id IN ($all_in)
