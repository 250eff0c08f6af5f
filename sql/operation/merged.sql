-- Returns the clients and providers that were merged into others: the id, the code, and the code of the other.
SELECT gone.id, gone.code, kept.code AS merged_into FROM client AS gone JOIN client AS kept ON kept.id = gone.merged_into
UNION ALL
SELECT gone.id, gone.code, kept.code AS merged_into FROM provider AS gone JOIN provider AS kept ON kept.id = gone.merged_into
