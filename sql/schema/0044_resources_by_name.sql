-- The resources of a provider by name: of one with thousands each was compared for each row of a table.
DROP INDEX resource_provider_id;
CREATE INDEX resource_provider_id_name_key ON resource (provider_id, name_key);
