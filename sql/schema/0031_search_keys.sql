-- What people are found by, each word of it once (rule 6.4): the folded words of the names that they have or had, and with a sign
-- before it the digits of a phone from the last on (+), a postal code (#), a birth date (@), an id of another system (=). All
-- of it is derived by the program from other tables, so it refers to none. The word comes before its owner, so that a search
-- reads one range of the key.
CREATE TABLE client_word (
    word TEXT NOT NULL,
    client_id UUID NOT NULL,
    PRIMARY KEY (word, client_id)
) WITHOUT ROWID;

CREATE TABLE contact_word (
    word TEXT NOT NULL,
    contact_id UUID NOT NULL,
    PRIMARY KEY (word, contact_id)
) WITHOUT ROWID;
