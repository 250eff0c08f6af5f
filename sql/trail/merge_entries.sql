-- Returns the entries of providers and clients that were merged into others, and of those others.
SELECT sequence, subject, after
FROM audit
WHERE action IN ('provider.merge', 'client.merge') AND after IS NOT NULL
ORDER BY sequence
