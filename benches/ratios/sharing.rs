//! `record list` of one client, as a provider sees it: in a large database against one in a small one, the client being the
//! same in both.

use std::path::PathBuf;

use crate::pair::{caredesk, compare, whole};
use crate::town::{Town, open};

const PAIRS: usize = 40;
const RECORDS: [u32; 2] = [1_000_000, 1_000];
const REQUESTS: [u32; 2] = [100_000, 100];

pub(crate) fn run() {
    let town = Town::new();
    let large = filled(&town, "large.db", RECORDS[0], REQUESTS[0]);
    let small = filled(&town, "small.db", RECORDS[1], REQUESTS[1]);
    for (what, arguments) in [
        (
            "record list with a viewer, by request at level 2",
            &["record", "list", "CLI-0000001", "--viewer", "PRV-000002"][..],
        ),
        (
            "record list with a viewer who is shown nothing",
            &["record", "list", "CLI-0000001", "--viewer", "PRV-000005"],
        ),
        ("record list of the hub", &["record", "list", "CLI-0000001"]),
        ("sharing list of one client", &["sharing", "list", "--client", "CLI-0000001"]),
    ] {
        compare(
            &format!("{what}: 1,000,000 records and 100,000 requests / 1,000 and 100"),
            1.2,
            PAIRS,
            |_| whole(caredesk(&large).args(arguments)),
            |_| whole(caredesk(&small).args(arguments)),
        );
    }
}

/// Ten records a client, in turn at five providers; the second has asked the first for those of as many clients as there are
/// requests. The first client is the same, however many others there are.
fn filled(town: &Town, name: &str, records: u32, requests: u32) -> PathBuf {
    let path = town.empty(name);
    let connection = open(&path);
    connection
        .execute_batch("PRAGMA cache_size = -400000; PRAGMA synchronous = OFF; BEGIN;")
        .expect("settings");
    let text = FILL
        .replace("$RECORDS", &records.to_string())
        .replace("$CLIENTS", &(records / 10).to_string())
        .replace("$REQUESTS", &requests.to_string());
    connection.execute_batch(&text).expect("rows");
    connection.execute_batch("COMMIT; ANALYZE; PRAGMA wal_checkpoint(TRUNCATE);").expect("an end");
    path
}

/// Ids are sixteen digits as bytes, so that they sort as they are counted.
const FILL: &str = "
CREATE TEMP TABLE five AS WITH RECURSIVE n(value) AS (SELECT 1 UNION ALL SELECT value + 1 FROM n WHERE value < 5) SELECT value FROM n;
CREATE TEMP TABLE n AS WITH RECURSIVE n(value) AS (SELECT 1 UNION ALL SELECT value + 1 FROM n WHERE value < $RECORDS) SELECT value FROM n;
INSERT INTO provider (id, code, name, name_key, active)
SELECT CAST(printf('provider%08d', value) AS BLOB), printf('PRV-%06d', value), 'Provider ' || value, 'provider ' || value, 1 FROM five;
INSERT INTO client (id, code, given, family, name_key)
SELECT CAST(printf('client%010d', value) AS BLOB), printf('CLI-%07d', value), 'A', 'B' || value, 'a b' || value FROM n WHERE value <= $CLIENTS;
INSERT INTO category (id, name, name_key) VALUES (CAST('category00000001' AS BLOB), 'Meals', 'meals');
INSERT INTO contract (id, code, provider_id, name, name_key, created_at)
SELECT CAST(printf('contract%08d', value) AS BLOB), printf('CTR-%06d', value), CAST(printf('provider%08d', value) AS BLOB),
    'Meals', 'meals', '2026-01-01T09:00:00.000Z' FROM five;
INSERT INTO contract_term (id, contract_id, starts_on, from_at)
SELECT CAST(printf('term%012d', value) AS BLOB), CAST(printf('contract%08d', value) AS BLOB), '2020-01-01', '2020-01-01T09:00:00.000Z' FROM five;
INSERT INTO contract_category (id, contract_id, category_id, from_at)
SELECT CAST(printf('cate%012d', value) AS BLOB), CAST(printf('contract%08d', value) AS BLOB), CAST('category00000001' AS BLOB),
    '2020-01-01T09:00:00.000Z' FROM five;
INSERT INTO sharing_setting (id, provider_id, data_type, level, client_by_client, require_expiry, release_sharing, from_at)
SELECT CAST(printf('sett%012d', value) AS BLOB), CAST(printf('provider%08d', value) AS BLOB), 'services', 2, 1, 0, 0,
    '2020-01-01T09:00:00.000Z' FROM five;
INSERT INTO sharing_link (id, owner_id, recipient_id, data_type, from_at)
SELECT CAST(printf('link%06d%06d', owner.value, recipient.value) AS BLOB), CAST(printf('provider%08d', owner.value) AS BLOB),
    CAST(printf('provider%08d', recipient.value) AS BLOB), 'services', '2020-01-01T09:00:00.000Z'
FROM five AS owner JOIN five AS recipient ON recipient.value <> owner.value;
INSERT INTO enrolment (id, client_id, provider_id, active, since_on, from_at)
SELECT CAST(printf('en%04d%010d', five.value, n.value) AS BLOB), CAST(printf('client%010d', n.value) AS BLOB),
    CAST(printf('provider%08d', five.value) AS BLOB), 1, '2020-01-01', '2020-01-01T09:00:00.000Z'
FROM n JOIN five WHERE n.value <= $CLIENTS;
INSERT INTO record (id, code, client_id, provider_id, data_type, category_id, contract_id, happened_on, title, created_at, created_by)
SELECT CAST(printf('record%010d', value) AS BLOB), printf('REC-%07d', value), CAST(printf('client%010d', (value - 1) / 10 + 1) AS BLOB),
    CAST(printf('provider%08d', value % 5 + 1) AS BLOB), 'services', CAST('category00000001' AS BLOB),
    CAST(printf('contract%08d', value % 5 + 1) AS BLOB), date('2025-01-01', printf('+%d days', value % 600)), 'Lunch',
    '2025-01-01T09:00:00.000Z', (SELECT id FROM account LIMIT 1) FROM n;
INSERT INTO sharing_request (id, code, client_id, owner_id, recipient_id, data_type, requested_at, requested_by, open)
SELECT CAST(printf('request%09d', value) AS BLOB), printf('SHR-%06d', value), CAST(printf('client%010d', value) AS BLOB),
    CAST('provider00000001' AS BLOB), CAST('provider00000002' AS BLOB), 'services', '2025-01-01T09:00:00.000Z',
    (SELECT id FROM account LIMIT 1), 1 FROM n WHERE value <= $REQUESTS;
INSERT INTO sharing_answer (id, request_id, label, signed_on, expires_on, answered_by, from_at)
SELECT CAST(printf('answer%010d', value) AS BLOB), CAST(printf('request%09d', value) AS BLOB), 'granted', '2025-01-01', '2099-01-01',
    (SELECT id FROM account LIMIT 1), '2025-01-01T09:00:00.000Z' FROM n WHERE value <= $REQUESTS;
DROP TABLE n;
DROP TABLE five;
";
