-- A provider that is not active receives nothing (rule 2.12): its accounts see nothing of what comes through it, and it sees no
-- record of others.

-- Since when a provider has been inactive, and until when it was, so that what was so at an earlier time can still be said.
CREATE TABLE provider_inactivity (
    id UUID NOT NULL PRIMARY KEY,
    provider_id UUID NOT NULL REFERENCES provider (id),
    from_at TIMESTAMPTZ NOT NULL,
    until_at TIMESTAMPTZ CHECK (until_at >= from_at)
);
CREATE UNIQUE INDEX provider_inactivity_provider_id ON provider_inactivity (provider_id) WHERE until_at IS NULL;
CREATE INDEX provider_inactivity_provider_id_from_at ON provider_inactivity (provider_id, from_at);

-- Of those that are inactive already the audit trail says since when; of what is older than the trail nothing is known.
INSERT INTO provider_inactivity (id, provider_id, from_at)
SELECT provider.id, provider.id, COALESCE(
    (SELECT MAX(audit.at) FROM audit WHERE audit.subject = provider.code AND audit.action = 'provider.deactivate'),
    (SELECT MIN(audit.at) FROM audit))
FROM provider
WHERE NOT provider.active AND EXISTS (SELECT 1 FROM audit);

DROP VIEW account_client;
DROP VIEW account_contact;
DROP VIEW account_scope;
DROP VIEW account_offer;
DROP VIEW account_visit_contact;
DROP VIEW account_visit;
DROP VIEW account_provider;
DROP VIEW shared_record;

-- Visibility: an account speaks for a whole provider when it holds that provider's agency record.
CREATE VIEW account_provider AS
SELECT held.account_id, resource.provider_id
FROM account_resource AS held
JOIN resource ON resource.id = held.resource_id
JOIN provider ON provider.id = resource.provider_id
WHERE resource.kind = 'agency' AND provider.active;

-- Visibility: the offers to the providers that a portal account speaks for, but those that were taken out or have not opened
-- (rule 1.11). Those that were closed count only where an answer comes too late.
CREATE VIEW account_offer AS
SELECT mine.account_id, own.id AS offer_id, own.package_id, own.status
FROM account_provider AS mine
JOIN offer_now AS own ON own.provider_id = mine.provider_id
WHERE own.removed_at IS NULL AND own.has_opened;

-- Visibility: the visits that the providers of a portal account have.
CREATE VIEW account_visit AS
SELECT mine.account_id, held.visit_id, held.provider_id, held.package_id
FROM account_provider AS mine
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

-- Visibility: the resources that a portal account acts for. Its own, and with an agency record every program of that agency
-- that is in at least one active queue (rule 2.2). One that is both own and covered appears twice: ask with IN.
CREATE VIEW account_scope AS
SELECT held.account_id, covered.id AS resource_id
FROM account_resource AS held
JOIN resource AS own ON own.id = held.resource_id
JOIN provider ON provider.id = own.provider_id
JOIN resource AS covered ON covered.provider_id = own.provider_id
WHERE provider.active
    AND (covered.id = own.id
        OR own.kind = 'agency' AND covered.id IN (
            SELECT link.resource_id
            FROM queue_resource AS link
            JOIN queue ON queue.id = link.queue_id
            WHERE queue.active));

-- Visibility: the contacts whose details a portal account may read (rule 2.7).
CREATE VIEW account_contact AS
SELECT scope.account_id, referral.contact_id
FROM account_scope AS scope
JOIN account_permission AS permission
    ON permission.account_id = scope.account_id AND permission.permission = 'access-contact-details'
JOIN referral ON referral.resource_id = scope.resource_id
WHERE referral.contact_id IS NOT NULL;

-- Visibility: the records of others that a provider may see. The one predicate of rule 3: level, link, a
-- recipient that is active, category, and then, by the owner's settings, a release, or a request with the client active at
-- both, or nothing more.
CREATE VIEW shared_record AS
SELECT record.id AS record_id, record.client_id, link.owner_id, link.recipient_id, record.data_type,
    CASE WHEN setting.release_sharing THEN 'release'
        WHEN setting.client_by_client THEN 'request'
        ELSE 'automatic' END AS basis
FROM record
JOIN sharing_link AS link ON link.owner_id = record.provider_id AND link.data_type = record.data_type
    AND link.from_at <= run_instant() AND (link.until_at IS NULL OR link.until_at > run_instant())
JOIN sharing_setting AS setting ON setting.provider_id = link.owner_id AND setting.data_type = link.data_type
    AND setting.from_at <= run_instant() AND (setting.until_at IS NULL OR setting.until_at > run_instant())
WHERE record.created_at <= run_instant()
    AND setting.level <> 3
    AND NOT EXISTS (SELECT 1 FROM provider_inactivity AS inactive
        WHERE inactive.provider_id = link.recipient_id
            AND inactive.from_at <= run_instant() AND (inactive.until_at IS NULL OR inactive.until_at > run_instant()))
    AND (setting.level = 1
        OR EXISTS (SELECT 1 FROM served
            WHERE served.client_id = record.client_id AND served.provider_id = link.owner_id
                AND served.category_id = record.category_id)
        AND EXISTS (SELECT 1 FROM served
            WHERE served.client_id = record.client_id AND served.provider_id = link.recipient_id
                AND served.category_id = record.category_id))
    AND (NOT setting.release_sharing AND NOT setting.client_by_client
        OR EXISTS (SELECT 1 FROM consent
            WHERE consent.client_id = record.client_id AND consent.owner_id = link.owner_id
                AND consent.recipient_id = link.recipient_id AND consent.data_type = record.data_type
                AND consent.basis = CASE WHEN setting.release_sharing THEN 'release' ELSE 'request' END))
    AND (setting.release_sharing OR NOT setting.client_by_client
        OR EXISTS (SELECT 1 FROM enrolled
            WHERE enrolled.client_id = record.client_id AND enrolled.provider_id = link.owner_id)
        AND EXISTS (SELECT 1 FROM enrolled
            WHERE enrolled.client_id = record.client_id AND enrolled.provider_id = link.recipient_id));

-- Visibility: the clients that a portal account may name in sharing: active at a provider that it speaks for, with a record of
-- that provider, or with one shared with it.
CREATE VIEW account_client AS
SELECT mine.account_id, enrolled.client_id
FROM account_provider AS mine
JOIN enrolled ON enrolled.provider_id = mine.provider_id
UNION ALL
SELECT mine.account_id, record.client_id
FROM account_provider AS mine
JOIN record ON record.provider_id = mine.provider_id
WHERE record.created_at <= run_instant()
UNION ALL
SELECT mine.account_id, shared.client_id
FROM account_provider AS mine
JOIN shared_record AS shared ON shared.recipient_id = mine.provider_id;
