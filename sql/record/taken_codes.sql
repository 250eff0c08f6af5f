-- Returns those of some codes that are in use.
SELECT code FROM record WHERE code IN ($all_in)
