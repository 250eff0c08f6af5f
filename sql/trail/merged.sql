-- Returns the codes of the providers and clients that were merged, and of those that they lead to.
SELECT provider.code, other.code AS merged_into FROM provider JOIN provider AS other ON other.id = provider.merged_into
UNION ALL
SELECT client.code, other.code AS merged_into FROM client JOIN client AS other ON other.id = client.merged_into
