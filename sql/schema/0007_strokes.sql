-- Names of people are found without the strokes of their letters: what is stored is folded as the program now
-- folds it.

UPDATE client
SET name_key = REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(name_key, 'ł', 'l'), 'ø', 'o'), 'đ', 'd'), 'ð', 'd'), 'ħ', 'h');
UPDATE client
SET name_key = REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(name_key, 'ı', 'i'), 'ß', 'ss'), 'æ', 'ae'), 'œ', 'oe'), 'þ', 'th');
UPDATE client_former_name
SET name_key = REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(name_key, 'ł', 'l'), 'ø', 'o'), 'đ', 'd'), 'ð', 'd'), 'ħ', 'h');
UPDATE client_former_name
SET name_key = REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(name_key, 'ı', 'i'), 'ß', 'ss'), 'æ', 'ae'), 'œ', 'oe'), 'þ', 'th');
