-- Adds the categories, areas and languages of some providers that were not there.
INSERT INTO search_term (term, kind, name_key, code_key)
SELECT (SELECT COALESCE(MAX(term), 0) FROM search_term) + ROW_NUMBER() OVER (ORDER BY kind, name_key, code_key),
    kind, name_key, code_key
FROM (
    SELECT kind, name_key, COALESCE(UPPER(code), '') AS code_key
    FROM directory_detail
    WHERE kind IN ('category', 'area', 'language') AND provider_id IN ($all_in)
    EXCEPT
    SELECT kind, name_key, code_key FROM search_term
) AS added
