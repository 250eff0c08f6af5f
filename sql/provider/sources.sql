-- Returns the sources that providers came from, each found by one step along the index.
WITH RECURSIVE named (source) AS (
    SELECT MIN(provider.source) FROM provider WHERE provider.source > ''
    UNION ALL
    SELECT (SELECT MIN(provider.source) FROM provider WHERE provider.source > named.source)
    FROM named
    WHERE named.source IS NOT NULL
)
SELECT source FROM named WHERE source IS NOT NULL
