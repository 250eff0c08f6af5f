-- Puts $3 before the ids that records of the provider $1 have in their source, where the provider $2 has the same.
UPDATE record SET source_id = $3 || source_id
WHERE provider_id = $1 AND source_id IN (SELECT own.source_id FROM record AS own WHERE own.provider_id = $2)
