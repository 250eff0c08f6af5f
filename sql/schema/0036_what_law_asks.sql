-- What law asks of records that are shared (rule 3.16).

-- The notice that goes with each record of the type that others see, such as the one against passing it on.
ALTER TABLE sharing_setting ADD COLUMN notice TEXT CHECK (notice <> '');

-- For what the recipient asks to see the records.
ALTER TABLE sharing_request ADD COLUMN purpose TEXT CHECK (purpose <> '');
