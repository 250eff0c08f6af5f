-- Gives the settings of the provider $1 to the provider $2, but of data types for which that one has settings.
UPDATE sharing_setting SET provider_id = $2
WHERE provider_id = $1
    AND data_type NOT IN (SELECT own.data_type FROM sharing_setting AS own WHERE own.provider_id = $2)
