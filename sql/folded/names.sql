-- Returns all names that are stored folded, with the table of each (kind), its key and its folded form.
SELECT 'client' AS kind, id, CAST(0 AS BIGINT) AS position, given || ' ' || family AS name, name_key FROM client
UNION ALL
SELECT 'former' AS kind, client_id AS id, position, name, name_key FROM client_former_name
UNION ALL
SELECT 'contact' AS kind, id, CAST(0 AS BIGINT) AS position, given || ' ' || family AS name, name_key FROM contact
UNION ALL
SELECT 'provider' AS kind, id, CAST(0 AS BIGINT) AS position, name, name_key FROM provider
UNION ALL
SELECT 'resource' AS kind, id, CAST(0 AS BIGINT) AS position, name, name_key FROM resource
UNION ALL
SELECT 'detail' AS kind, provider_id AS id, position, name, name_key FROM directory_detail
