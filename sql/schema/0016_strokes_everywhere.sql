-- Names of providers, resources and contacts, and what a directory lists, are found without the strokes of their letters, as
-- names of people are: what is stored is folded as the program now folds it.

UPDATE provider
SET name_key = REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(name_key, 'ł', 'l'), 'ø', 'o'), 'đ', 'd'), 'ð', 'd'), 'ħ', 'h');
UPDATE provider
SET name_key = REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(name_key, 'ı', 'i'), 'ß', 'ss'), 'æ', 'ae'), 'œ', 'oe'), 'þ', 'th');
UPDATE resource
SET name_key = REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(name_key, 'ł', 'l'), 'ø', 'o'), 'đ', 'd'), 'ð', 'd'), 'ħ', 'h');
UPDATE resource
SET name_key = REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(name_key, 'ı', 'i'), 'ß', 'ss'), 'æ', 'ae'), 'œ', 'oe'), 'þ', 'th');
UPDATE contact
SET name_key = REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(name_key, 'ł', 'l'), 'ø', 'o'), 'đ', 'd'), 'ð', 'd'), 'ħ', 'h');
UPDATE contact
SET name_key = REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(name_key, 'ı', 'i'), 'ß', 'ss'), 'æ', 'ae'), 'œ', 'oe'), 'þ', 'th');
UPDATE directory_detail
SET name_key = REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(name_key, 'ł', 'l'), 'ø', 'o'), 'đ', 'd'), 'ð', 'd'), 'ħ', 'h');
UPDATE directory_detail
SET name_key = REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(name_key, 'ı', 'i'), 'ß', 'ss'), 'æ', 'ae'), 'œ', 'oe'), 'þ', 'th');
