-- A client withdraws: from when on, how it was said and why (rule 3.15); and recipients are taken out of a release.

-- The day on which the client said so, and how.
ALTER TABLE sharing_answer ADD COLUMN withdrawn_on DATE;
ALTER TABLE sharing_answer ADD COLUMN withdrawn_how TEXT CHECK (
    withdrawn_how = 'said' OR withdrawn_how = 'phoned' OR withdrawn_how = 'written');
ALTER TABLE release ADD COLUMN reason TEXT;
ALTER TABLE release ADD COLUMN withdrawn_on DATE;
ALTER TABLE release ADD COLUMN withdrawn_how TEXT CHECK (
    withdrawn_how = 'said' OR withdrawn_how = 'phoned' OR withdrawn_how = 'written');

-- Since when a release reaches one that it names no more.
ALTER TABLE release_recipient ADD COLUMN removed_at TIMESTAMPTZ;

DROP VIEW account_client;
DROP VIEW shared_record;
DROP VIEW consent;

-- The consents that stand: grants that have not run out (the last day counts), and releases, which reach their recipients one
-- by one, also those that joined after one was signed for all, until they are taken out.
CREATE VIEW consent AS
SELECT 'request' AS basis, request.code AS source, request.client_id, request.owner_id, request.recipient_id,
    request.data_type, answer.expires_on
FROM sharing_request AS request
JOIN sharing_answer AS answer ON answer.request_id = request.id
    AND answer.from_at <= run_instant() AND (answer.until_at IS NULL OR answer.until_at > run_instant())
WHERE answer.label = 'granted' AND (answer.expires_on IS NULL OR answer.expires_on >= run_day())
UNION ALL
SELECT 'release' AS basis, release.code AS source, release.client_id, release.owner_id, recipient.id AS recipient_id,
    release.data_type, release.expires_on
FROM release
JOIN provider AS recipient ON recipient.id <> release.owner_id
    AND (release.all_providers
        OR recipient.id IN (SELECT named.provider_id FROM release_recipient AS named
            WHERE named.release_id = release.id AND (named.removed_at IS NULL OR named.removed_at > run_instant())))
WHERE release.created_at <= run_instant() AND (release.revoked_at IS NULL OR release.revoked_at > run_instant())
    AND (release.expires_on IS NULL OR release.expires_on >= run_day());

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
