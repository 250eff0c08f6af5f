//! `package respond` against the sqlite3 shell doing the same four statements with synchronous=FULL.

use std::process::Command;

use crate::pair::{caredesk, compare, has_shell, whole};
use crate::town::{Town, code};

const PAIRS: usize = 40;

/// The offer, the others, the package, the audit trail: what an acceptance writes, in one transaction.
const STATEMENTS: &str = "
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

pub(crate) fn run() {
    if !has_shell() {
        return;
    }
    let town = Town::new();
    let (ours, theirs) = (town.with_packages("ours.db", 1_000), town.with_packages("theirs.db", 1_000));
    compare(
        "package respond / sqlite3 shell, the same four statements, synchronous=FULL",
        1.1,
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
            let text = STATEMENTS.replace("$ID", &id).replace("$CODE", &code(package(number)));
            whole(Command::new("sqlite3").arg(&theirs).arg(text))
        },
    );
}

fn package(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(0) + 1
}
