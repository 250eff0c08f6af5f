-- Gives the resources of the provider $1 to the provider $2. The agency record becomes a program, since each provider has one
-- agency, and programs of a source become such as were made by hand, since what is left of the source is left alone.
UPDATE resource SET provider_id = $2, kind = 'program', source_id = NULL WHERE provider_id = $1
