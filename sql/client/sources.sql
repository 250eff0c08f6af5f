-- Returns the sources that clients came from, each found by one step along the index.
WITH RECURSIVE named (source) AS (
    SELECT MIN(client.source) FROM client WHERE client.source > ''
    UNION ALL
    SELECT (SELECT MIN(client.source) FROM client WHERE client.source > named.source)
    FROM named
    WHERE named.source IS NOT NULL
)
SELECT source FROM named WHERE source IS NOT NULL
