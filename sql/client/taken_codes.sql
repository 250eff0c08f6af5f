-- Returns those of some codes that are in use.
SELECT code FROM client WHERE code IN ($all_in)
