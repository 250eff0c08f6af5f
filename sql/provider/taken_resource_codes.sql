-- Returns those of some codes of resources that are in use.
SELECT code FROM resource WHERE code IN ($all_in)
