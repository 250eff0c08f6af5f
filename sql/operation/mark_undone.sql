-- Notes that the operation $2 took back the operation $1, of which $3 things stay.
UPDATE operation SET undone_by = $2, kept = $3 WHERE id = $1
