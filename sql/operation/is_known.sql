-- Returns a row if the action $1 has imported files of the layout $2 before, and was not taken back.
SELECT 1 FROM operation WHERE action = $1 AND layout = $2 AND undone_by IS NULL LIMIT 1
