-- What a directory says of a provider, of its programs or of an entry of their lists and no other column holds: fields as the
-- source wrote them, a JSON object. The entity is what HSDS calls the thing; the entry says which one of a list it is.
CREATE TABLE directory_remainder (
    provider_id UUID NOT NULL REFERENCES provider (id),
    position BIGINT NOT NULL,
    resource_id UUID REFERENCES resource (id),
    entity TEXT NOT NULL,
    entry TEXT,
    content TEXT NOT NULL,
    PRIMARY KEY (provider_id, position)
);
