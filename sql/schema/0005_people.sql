-- People as they are (rule 5.5): who is no longer cared for or has died, what people were called before, and who turned out
-- to be one with whom.

-- Refused: a day since when a client has been active, which nobody asks for.
ALTER TABLE client ADD COLUMN status TEXT NOT NULL DEFAULT 'active' CHECK (
    status = 'active' OR status = 'inactive' OR status = 'deceased');
ALTER TABLE client ADD COLUMN since_on DATE CHECK (status <> 'active' OR since_on IS NULL);

-- A client that another has replaced keeps its row, and its code and ids lead to that other for ever. Refused: one that
-- leads to itself.
ALTER TABLE client ADD COLUMN merged_into UUID REFERENCES client (id) CHECK (merged_into <> id);
CREATE INDEX client_merged_into ON client (merged_into) WHERE merged_into IS NOT NULL;

-- What a client was called before. The latest has the highest position.
CREATE TABLE client_former_name (
    client_id UUID NOT NULL REFERENCES client (id),
    position BIGINT NOT NULL,
    name TEXT NOT NULL,
    name_key TEXT NOT NULL,
    PRIMARY KEY (client_id, position)
);
CREATE INDEX client_former_name_name_key ON client_former_name (name_key, client_id);
