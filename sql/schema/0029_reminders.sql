-- When a provider was reminded of an offer that it had not answered, and by whom (rule 1.13).
CREATE TABLE offer_reminder (
    offer_id UUID NOT NULL REFERENCES offer (id),
    reminded_at TIMESTAMPTZ NOT NULL,
    reminded_by UUID NOT NULL REFERENCES account (id),
    PRIMARY KEY (offer_id, reminded_at)
);
