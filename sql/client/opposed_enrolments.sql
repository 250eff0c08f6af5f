-- Returns the providers at which one of the clients $1 and $2 is active and the other is not, with how the second stands.
SELECT provider.code, provider.name, other.active
FROM enrolment AS one
JOIN enrolment AS other ON other.provider_id = one.provider_id AND other.client_id = $2 AND other.until_at IS NULL
JOIN provider ON provider.id = one.provider_id
WHERE one.client_id = $1 AND one.until_at IS NULL AND one.active <> other.active
ORDER BY provider.name_key, provider.id
