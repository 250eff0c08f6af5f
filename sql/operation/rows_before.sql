-- Returns the rows that the operation $1 changed, as they were before.
SELECT name, thing_id, before FROM operation_row WHERE operation_id = $1
