-- Takes away the remainders of the provider $1.
DELETE FROM directory_remainder WHERE provider_id = $1
