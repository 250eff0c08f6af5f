-- Forgets the rows that the operation $1 changed.
DELETE FROM operation_row WHERE operation_id = $1
