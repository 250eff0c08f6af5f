-- What `resource find` searches, named by short numbers: so an index of words takes a third of the space, and a search that
-- meets tens of thousands of resources stays fast. All of it is derived from other tables, so these words and terms are not
-- held to their numbers by the database, which would look each up.
DROP TABLE resource_word;
DROP TABLE resource_place;

-- Each resource that takes referrals, and where it is, which is its first address or else that of its provider. postal_key
-- is the postal code in capitals without blanks.
CREATE TABLE search_resource (
    number BIGINT NOT NULL PRIMARY KEY,
    resource_id UUID NOT NULL REFERENCES resource (id),
    postal_code TEXT,
    postal_key TEXT,
    latitude BIGINT,
    longitude BIGINT
);
CREATE UNIQUE INDEX search_resource_resource_id ON search_resource (resource_id);
CREATE INDEX search_resource_postal_key ON search_resource (postal_key);

-- Its folded words. The weight, which tells a word of a name from one of a description, comes before the number, so that the
-- best of a frequent word are read first.
CREATE TABLE search_word (
    word TEXT NOT NULL,
    weight BIGINT NOT NULL,
    number BIGINT NOT NULL,
    PRIMARY KEY (word, weight, number)
) WITHOUT ROWID;
CREATE INDEX search_word_number_word ON search_word (number, word);

-- The categories, areas and languages that there are, each once, and the resources that have them. code_key is the code in
-- capitals, empty if there is none.
CREATE TABLE search_term (
    term BIGINT NOT NULL PRIMARY KEY,
    kind TEXT NOT NULL,
    name_key TEXT NOT NULL,
    code_key TEXT NOT NULL
);
CREATE UNIQUE INDEX search_term_kind_name_key_code_key ON search_term (kind, name_key, code_key);

CREATE TABLE search_listing (
    term BIGINT NOT NULL,
    number BIGINT NOT NULL,
    PRIMARY KEY (term, number)
) WITHOUT ROWID;
CREATE INDEX search_listing_number ON search_listing (number);

-- The hours of a day, those of one resource, and those of a provider for all.
CREATE INDEX opening_hours_resource_id_weekday ON opening_hours (resource_id, weekday) WHERE resource_id IS NOT NULL;
CREATE INDEX opening_hours_provider_id_weekday ON opening_hours (provider_id, weekday) WHERE resource_id IS NULL;
CREATE INDEX opening_hours_weekday_opens_closes ON opening_hours (weekday, opens, closes);
