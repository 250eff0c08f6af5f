-- Returns the clients that have one of some texts as their code, or as their id in another system, with that text.
SELECT COALESCE(merged_into, id) AS id, code, given, family, code AS reference
FROM client
WHERE code IN ($all_in)
UNION ALL
SELECT COALESCE(merged_into, id) AS id, code, given, family, external_id AS reference
FROM client
WHERE external_id IN ($all_in)
