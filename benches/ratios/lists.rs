//! `package list`: to its first row against the shell, and a page in a large database against one in a small one.

use std::process::Command;

use crate::pair::{caredesk, compare, has_shell, to_first_line, whole};
use crate::town::{Town, code};

const PAIRS: usize = 40;
const LARGE: u32 = 1_000_000;
const SMALL: u32 = 1_000;

const SHELL: &str = "SELECT package.code, package.reference, package.status, referral.code, package.created_at FROM package \
    JOIN referral ON referral.id = package.referral_id WHERE package.status <> 'recalled' ORDER BY package.id DESC LIMIT 100";

pub(crate) fn run() {
    let town = Town::new();
    let small = town.with_packages("small.db", SMALL);
    if has_shell() {
        compare(
            "start to first row of package list / sqlite3 shell on the same file",
            1.0,
            PAIRS,
            |_| to_first_line(caredesk(&small).args(["package", "list"])),
            |_| to_first_line(Command::new("sqlite3").arg(&small).arg(SHELL)),
        );
    }
    let large = town.with_packages("large.db", LARGE);
    compare(
        "package list, first page: 1,000,000 packages / 1,000",
        1.2,
        PAIRS,
        |_| whole(caredesk(&large).args(["package", "list", "--limit", "100"])),
        |_| whole(caredesk(&small).args(["package", "list", "--limit", "100"])),
    );
    compare(
        "package list, a page in the middle: 1,000,000 packages / 1,000",
        1.2,
        PAIRS,
        |_| whole(caredesk(&large).args(["package", "list", "--limit", "100", "--after", &code(LARGE / 2)])),
        |_| whole(caredesk(&small).args(["package", "list", "--limit", "100", "--after", &code(SMALL / 2)])),
    );
}
