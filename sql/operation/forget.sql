-- Forgets the rows that the operation $1 added.
DELETE FROM operation_insert WHERE operation_id = $1
