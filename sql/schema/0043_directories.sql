-- A source of providers that says something which is about none of them, such as the terms of its taxonomies.
CREATE TABLE directory (
    id UUID PRIMARY KEY,
    name TEXT NOT NULL UNIQUE
);
-- What it says, in its order. The entity is what HSDS calls the thing; the entry says which one it is; the content is a JSON object.
CREATE TABLE directory_entry (
    directory_id UUID NOT NULL REFERENCES directory (id),
    position BIGINT NOT NULL,
    entity TEXT NOT NULL,
    entry TEXT NOT NULL,
    content TEXT NOT NULL,
    PRIMARY KEY (directory_id, position)
);
