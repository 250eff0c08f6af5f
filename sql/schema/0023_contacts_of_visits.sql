-- What a provider sees of those whose visits it has accepted, and who has looked (rule 1.12).

-- The visits that a provider has, written so that they are found from the visit on: an engine that knows nothing of the numbers
-- would begin with all accepted packages.
DROP VIEW held_visit;
CREATE VIEW held_visit AS
SELECT visit.id AS visit_id, visit.holder_id AS provider_id, package_visit.package_id
FROM visit
JOIN package_visit ON package_visit.visit_id = visit.id AND package_visit.live
WHERE visit.holder_id IS NOT NULL
    AND EXISTS (SELECT 1 FROM package WHERE package.id = package_visit.package_id AND package.status = 'accepted')
    AND EXISTS (SELECT 1 FROM offer WHERE offer.package_id = package_visit.package_id
        AND offer.provider_id = visit.holder_id AND offer.status = 'accepted');

-- Visibility: the visits that the providers of a portal account have. An inactive provider has none to show.
CREATE VIEW account_visit AS
SELECT mine.account_id, held.visit_id, held.provider_id, held.package_id
FROM account_provider AS mine
JOIN provider ON provider.id = mine.provider_id AND provider.active
JOIN held_visit AS held ON held.provider_id = mine.provider_id;

-- Visibility: the visits that show a portal account whose they are and where. How long each does so is a setting, so a query
-- says from which start on they count.
CREATE VIEW account_visit_contact AS
SELECT own.account_id, own.provider_id, own.package_id, referral.client_id, visit.starts_at
FROM account_visit AS own
JOIN account_permission AS permission
    ON permission.account_id = own.account_id AND permission.permission = 'access-contact-details'
JOIN visit ON visit.id = own.visit_id AND visit.status = 'planned'
JOIN referral ON referral.id = visit.referral_id;

CREATE INDEX visit_starts_at ON visit (starts_at, id);

-- The register also has looks at the contact details that the hub holds: of no owner, on the basis of an acceptance, whose package
-- is the source. Refused: a look at records of nobody, and one at contact details on any other basis.
CREATE TABLE disclosure_line (
    id UUID NOT NULL PRIMARY KEY,
    at TIMESTAMPTZ NOT NULL,
    client_id UUID NOT NULL REFERENCES client (id),
    owner_id UUID REFERENCES provider (id),
    recipient_id UUID NOT NULL REFERENCES provider (id),
    data_type TEXT NOT NULL,
    records BIGINT NOT NULL,
    basis TEXT NOT NULL CHECK (basis = 'automatic' OR basis = 'request' OR basis = 'release' OR basis = 'acceptance'),
    source TEXT,
    account_id UUID NOT NULL REFERENCES account (id),
    acted_by TEXT,
    command TEXT NOT NULL,
    CHECK ((owner_id IS NULL) = (basis = 'acceptance')),
    CHECK ((data_type = 'contact-details') = (basis = 'acceptance'))
);
INSERT INTO disclosure_line (id, at, client_id, owner_id, recipient_id, data_type, records, basis, source, account_id, acted_by, command)
SELECT id, at, client_id, owner_id, recipient_id, data_type, records, basis, source, account_id, acted_by, command FROM disclosure;
DROP TABLE disclosure;
ALTER TABLE disclosure_line RENAME TO disclosure;
CREATE INDEX disclosure_client_id ON disclosure (client_id, id);
