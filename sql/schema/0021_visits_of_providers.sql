-- What a provider is told of visits before it decides, and the visits that it has (rule 1.12).

-- What the hub writes for the providers that are asked. visit.note stays the hub's own.
ALTER TABLE visit ADD COLUMN provider_note TEXT;
ALTER TABLE package ADD COLUMN provider_note TEXT;

-- The provider that was the last to accept the visit, so that those of one provider are found by their start. Whether it still
-- has the visit is for held_visit to say: this stays when a package ends.
ALTER TABLE visit ADD COLUMN holder_id UUID REFERENCES provider (id);
UPDATE visit SET holder_id = (
    SELECT offer.provider_id
    FROM package_visit
    JOIN offer ON offer.package_id = package_visit.package_id AND offer.status = 'accepted'
    WHERE package_visit.visit_id = visit.id AND package_visit.live);
CREATE INDEX visit_holder_id_starts_at ON visit (holder_id, starts_at, id) WHERE holder_id IS NOT NULL;

-- The visits that a provider has: it accepted the package, and that was not ended since.
CREATE VIEW held_visit AS
SELECT visit.id AS visit_id, visit.holder_id AS provider_id, package.id AS package_id
FROM visit
JOIN package_visit ON package_visit.visit_id = visit.id AND package_visit.live
JOIN package ON package.id = package_visit.package_id AND package.status = 'accepted'
JOIN offer ON offer.package_id = package.id AND offer.provider_id = visit.holder_id AND offer.status = 'accepted';
