-- Erases the names of the files of the import $1, which may be those of people; and its source, by which its layout may be
-- known too, unless other clients come from there.
UPDATE operation
SET input = 'erased',
    source = (SELECT MIN(client.source) FROM client WHERE client.source = operation.source),
    layout = CASE WHEN operation.source IN (SELECT client.source FROM client) THEN layout END
WHERE code = $1
