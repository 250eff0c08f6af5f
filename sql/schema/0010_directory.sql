-- What a directory says of a provider besides its own columns, kept in lists like its phones, and what its resources
-- are found by.

-- A category, an area, a language and whatever else a directory lists under a name. The code is that of a taxonomy or of a
-- language; the note is the name of the taxonomy, a price, an explanation.
CREATE TABLE directory_detail (
    provider_id UUID NOT NULL REFERENCES provider (id),
    position BIGINT NOT NULL,
    resource_id UUID REFERENCES resource (id),
    kind TEXT NOT NULL,
    name TEXT NOT NULL,
    name_key TEXT NOT NULL,
    code TEXT,
    note TEXT,
    PRIMARY KEY (provider_id, position)
);
CREATE INDEX directory_detail_kind_name_key ON directory_detail (kind, name_key);
CREATE INDEX directory_detail_kind_code ON directory_detail (kind, code) WHERE code IS NOT NULL;

-- When it is open: on a day of the week (1 is Monday), or all days from starts_on until ends_on; hours that end before
-- they begin end on the next day. closed means that it is not open then. Hours of another kind are only a note.
CREATE TABLE opening_hours (
    provider_id UUID NOT NULL REFERENCES provider (id),
    position BIGINT NOT NULL,
    resource_id UUID REFERENCES resource (id),
    weekday BIGINT CHECK (weekday BETWEEN 1 AND 7),
    opens TEXT,
    closes TEXT,
    starts_on DATE,
    ends_on DATE,
    closed BOOLEAN NOT NULL,
    note TEXT,
    PRIMARY KEY (provider_id, position)
);

-- A person at the provider whom the directory names.
CREATE TABLE contact_person (
    provider_id UUID NOT NULL REFERENCES provider (id),
    position BIGINT NOT NULL,
    resource_id UUID REFERENCES resource (id),
    name TEXT,
    title TEXT,
    department TEXT,
    email TEXT,
    PRIMARY KEY (provider_id, position)
);

-- Coordinates are millionths of a degree.
ALTER TABLE address ADD COLUMN latitude BIGINT;
ALTER TABLE address ADD COLUMN longitude BIGINT;

-- What a directory lists of a provider as a whole holds for each of its resources.
CREATE VIEW resource_detail AS
SELECT detail.resource_id, detail.kind, detail.name, detail.name_key, detail.code
FROM directory_detail AS detail
WHERE detail.resource_id IS NOT NULL
UNION ALL
SELECT resource.id AS resource_id, detail.kind, detail.name, detail.name_key, detail.code
FROM directory_detail AS detail
JOIN resource ON resource.provider_id = detail.provider_id
WHERE detail.resource_id IS NULL;

CREATE VIEW resource_hours AS
SELECT hours.resource_id, hours.weekday, hours.opens, hours.closes, hours.starts_on, hours.ends_on, hours.closed
FROM opening_hours AS hours
WHERE hours.resource_id IS NOT NULL
UNION ALL
SELECT resource.id AS resource_id, hours.weekday, hours.opens, hours.closes, hours.starts_on, hours.ends_on,
    hours.closed
FROM opening_hours AS hours
JOIN resource ON resource.provider_id = hours.provider_id
WHERE hours.resource_id IS NULL;

-- Derived, for searching: where each resource is, which is its first address or else that of its provider, and the folded
-- words of those that take referrals; the weight tells a word of a name from one of a description. postal_key is the postal
-- code in capitals without blanks.
CREATE TABLE resource_place (
    resource_id UUID NOT NULL PRIMARY KEY REFERENCES resource (id),
    postal_code TEXT,
    postal_key TEXT,
    latitude BIGINT,
    longitude BIGINT
) WITHOUT ROWID;
CREATE INDEX resource_place_postal_key ON resource_place (postal_key);

CREATE TABLE resource_word (
    word TEXT NOT NULL,
    resource_id UUID NOT NULL REFERENCES resource (id),
    weight BIGINT NOT NULL,
    PRIMARY KEY (word, resource_id)
) WITHOUT ROWID;
CREATE INDEX resource_word_resource_id ON resource_word (resource_id);
