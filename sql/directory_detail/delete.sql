-- Takes away the details of the provider $1.
DELETE FROM directory_detail WHERE provider_id = $1
