//! `package respond` against the sqlite3 shell, with synchronous=FULL: the statements that write the same rows, and the four that a program
//! without `--at` and operation keys would do with.

use std::process::Command;

use crate::pair::{caredesk, compare, has_shell, whole};
use crate::town::{Town, code};

const PAIRS: usize = 40;

/// The offer, the others, the package, the audit trail: what an acceptance writes at least, in one transaction.
const FEW: &str = "
PRAGMA synchronous = FULL;
BEGIN IMMEDIATE;
UPDATE offer SET status = 'accepted', responded_at = '2026-11-22T09:00:00.000Z', responded_by = requested_by
    WHERE package_id = CAST('$ID' AS BLOB) AND provider_id = CAST('provider00000001' AS BLOB) AND status = 'pending';
UPDATE offer SET status = 'closed' WHERE package_id = CAST('$ID' AS BLOB) AND status = 'pending';
UPDATE package SET status = 'accepted' WHERE id = CAST('$ID' AS BLOB) AND status = 'pending';
INSERT INTO audit (sequence, at, actor, action, subject, before, after, hash)
    SELECT max(sequence) + 1, '2026-11-22T09:00:00.000Z', 'bench', 'package.respond', '$CODE', '{}', '{}', randomblob(32) FROM audit;
COMMIT;
";

/// The same rows: what each was for `--at`, who holds the visit, the package before and after with its visits and offers, and the answer
/// for who repeats the command.
const ALL: &str = "
PRAGMA synchronous = FULL;
PRAGMA foreign_keys = ON;
BEGIN IMMEDIATE;
INSERT INTO row_version (name, row_key, entry, before)
    SELECT 'offer', hex(id), (SELECT max(sequence) + 1 FROM audit), json_object('id', hex(id), 'package_id', hex(package_id),
        'provider_id', hex(provider_id), 'status', status, 'requested_by', hex(requested_by), 'requested_at', requested_at,
        'opens_at', opens_at, 'lapses_at', lapses_at, 'responded_at', responded_at, 'responded_by', responded_by, 'reason', reason,
        'ended_at', ended_at, 'ended_by', ended_by, 'removed_at', removed_at, 'removed_by', removed_by, 'timed', timed)
    FROM offer WHERE package_id = CAST('$ID' AS BLOB);
INSERT INTO row_version (name, row_key, entry, before)
    SELECT 'package', hex(id), (SELECT max(sequence) + 1 FROM audit), json_object('id', hex(id), 'code', code, 'reference', reference,
        'reference_key', reference_key, 'referral_id', hex(referral_id), 'status', status, 'created_at', created_at,
        'created_by', hex(created_by), 'amended_at', amended_at, 'amended_by', amended_by, 'recalled_at', recalled_at,
        'recalled_by', recalled_by, 'timed', timed, 'lapses_at', lapses_at, 'provider_note', provider_note)
    FROM package WHERE id = CAST('$ID' AS BLOB);
INSERT INTO row_version (name, row_key, entry, before)
    SELECT 'visit', hex(id), (SELECT max(sequence) + 1 FROM audit), json_object('id', hex(id), 'code', code, 'referral_id', hex(referral_id),
        'starts_at', starts_at, 'duration_minutes', duration_minutes, 'status', status, 'note', note, 'sequence', sequence,
        'source_id', source_id, 'provider_note', provider_note, 'holder_id', holder_id)
    FROM visit WHERE id IN (SELECT visit_id FROM package_visit WHERE package_id = CAST('$ID' AS BLOB));
UPDATE offer SET status = 'accepted', responded_at = '2026-11-22T09:00:00.000Z', responded_by = requested_by
    WHERE package_id = CAST('$ID' AS BLOB) AND provider_id = CAST('provider00000001' AS BLOB) AND status = 'pending';
UPDATE offer SET status = 'closed', ended_at = '2026-11-22T09:00:00.000Z'
    WHERE package_id = CAST('$ID' AS BLOB) AND status = 'pending';
UPDATE package SET status = 'accepted' WHERE id = CAST('$ID' AS BLOB) AND status = 'pending';
UPDATE visit SET holder_id = CAST('provider00000001' AS BLOB), sequence = sequence + 1
    WHERE id IN (SELECT visit_id FROM package_visit WHERE package_id = CAST('$ID' AS BLOB));
INSERT INTO operation_key (key_digest, at, account_id, command_digest, answer, entry)
    SELECT randomblob(32), '2026-11-22T09:00:00.000Z', (SELECT id FROM account LIMIT 1), randomblob(32),
        '{\"things\":[[\"updated\",\"$CODE\"]]}', max(sequence) + 1 FROM audit;
INSERT INTO audit (sequence, at, actor, action, subject, before, after, hash, salt)
    SELECT max(sequence) + 1, '2026-11-22T09:00:00.000Z', 'bench', 'package.respond', '$CODE', hex(randomblob(626)), hex(randomblob(667)),
        randomblob(32), randomblob(16) FROM audit;
COMMIT;
";

pub(crate) fn run() {
    if !has_shell() {
        return;
    }
    for (what, goal, statements) in
        [("the statements that write the same rows", 1.0, ALL), ("the four bare statements", 1.3, FEW)]
    {
        let town = Town::new();
        let (ours, theirs) = (town.with_packages("ours.db", 1_000), town.with_packages("theirs.db", 1_000));
        compare(
            &format!("package respond / sqlite3 shell, {what}, synchronous=FULL"),
            goal,
            PAIRS,
            |number| {
                whole(caredesk(&ours).args([
                    "package",
                    "respond",
                    &code(package(number)),
                    "--provider",
                    "PRV-000001",
                    "--accept",
                ]))
            },
            |number| {
                let id = format!("pack{:012}", package(number));
                let text = statements.replace("$ID", &id).replace("$CODE", &code(package(number)));
                whole(Command::new("sqlite3").arg(&theirs).arg(text))
            },
        );
    }
}

fn package(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(0) + 1
}
