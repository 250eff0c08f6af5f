-- Returns when the client $1 was erased.
SELECT erased_at FROM client WHERE id = $1 AND erased_at IS NOT NULL
