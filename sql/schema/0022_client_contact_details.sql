-- Where a client lives and is called, and what carers must know: what a provider that has accepted visits sees (rule 1.12).
ALTER TABLE client ADD COLUMN address TEXT;
ALTER TABLE client ADD COLUMN carer_note TEXT;

-- The phones of a client in their order, each with a label such as `daughter` or without one.
CREATE TABLE client_phone (
    client_id UUID NOT NULL REFERENCES client (id),
    position BIGINT NOT NULL,
    label TEXT,
    number TEXT NOT NULL,
    PRIMARY KEY (client_id, position)
);
