-- Returns how many resources have what is like $2 of the kind $1, or has a code like $3, at most $4.
SELECT CAST(COUNT(*) AS BIGINT) AS hits
FROM (
    SELECT 1
    FROM search_term AS term
    JOIN search_listing AS listing ON listing.term = term.term
    WHERE term.kind = $1 AND (term.name_key LIKE $2 ESCAPE '\' OR term.code_key LIKE $3 ESCAPE '\')
    LIMIT $4
) AS few
