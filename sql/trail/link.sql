-- Returns the sharing links of now of the owners with codes above $1 up to $2.
SELECT owner.code AS subject, FALSE AS erased, owner.code AS owner, recipient.code AS recipient, link.data_type AS type
FROM provider AS owner
JOIN sharing_link AS link ON link.owner_id = owner.id AND link.until_at IS NULL
JOIN provider AS recipient ON recipient.id = link.recipient_id
WHERE owner.code > $1 AND owner.code <= $2
ORDER BY owner.code
