-- Returns those of some codes that are in use.
SELECT code FROM provider WHERE code IN ($all_in)
