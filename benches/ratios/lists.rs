//! `package list`: to its first row against the shell, and a page in a large database against one in a small one; and
//! the lists of portal accounts, who see a part of all that there is.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use crate::pair::{caredesk, compare, has_shell, to_first_line, whole};
use crate::town::{Town, code, referral_code};

const PAIRS: usize = 40;
const LARGE: u32 = 1_000_000;
const SMALL: u32 = 1_000;

/// The columns that the list has.
const SHELL: &str = "SELECT reference, status, (SELECT code FROM referral WHERE referral.id = package.referral_id), \
    (SELECT name FROM offer JOIN provider ON provider.id = offer.provider_id \
        WHERE offer.package_id = package.id AND offer.status = 'accepted' AND offer.removed_at IS NULL), created_at, \
    (SELECT count(*) FROM package_visit WHERE package_visit.package_id = package.id), \
    (SELECT count(*) FROM offer WHERE offer.package_id = package.id AND offer.removed_at IS NULL) \
    FROM package WHERE status <> 'recalled' ORDER BY id DESC LIMIT 100";

pub(crate) fn run() {
    let town = Town::new();
    let small = town.with_packages("small.db", SMALL);
    if has_shell() {
        compare(
            "start to first row of package list / sqlite3 shell on the same file",
            0.95,
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
    for begun in ["", "pkg-0005"] {
        compare(
            &format!("Tab after `package respond {begun}`: 1,000,000 packages / 1,000"),
            1.2,
            PAIRS,
            |_| tab(&large, begun),
            |_| tab(&small, begun),
        );
    }
}

/// What a shell asks for where Tab is pressed.
fn tab(database: &Path, begun: &str) -> Duration {
    let mut command = caredesk(database);
    command.env("COMPLETE", "bash").env("_CLAP_COMPLETE_INDEX", "3");
    whole(command.args(["--", "caredesk", "package", "respond", begun]))
}

/// A page of what portal accounts see.
pub(crate) fn referrals() {
    let town = Town::new();
    let (small, large) = (town.with_referrals("small.db", SMALL), town.with_referrals("large.db", LARGE));
    let page = |place, login: &str| {
        whole(caredesk(place).args(["referral", "list", "--limit", "100", "--as", login]))
    };
    let middle = |place, all: u32| {
        // The first provider has every third referral, counted from the third.
        let after = referral_code(all / 6 * 3);
        whole(caredesk(place).args(["referral", "list", "--limit", "100", "--after", &after, "--as", "one"]))
    };
    for (login, what) in [("one", "one resource"), ("three", "three resources")] {
        compare(
            &format!(
                "referral list of a portal account with {what}, first page: 1,000,000 referrals / 1,000"
            ),
            1.3,
            PAIRS,
            |_| page(&large, login),
            |_| page(&small, login),
        );
    }
    compare(
        "referral list of a portal account, a page in the middle: 1,000,000 referrals / 1,000",
        1.3,
        PAIRS,
        |_| middle(&large, LARGE),
        |_| middle(&small, SMALL),
    );
}

/// A page of what a provider with a third of everything works with, of one with 200 offers, and of the hub.
pub(crate) fn offers() {
    let town = Town::new();
    let (small, large) = (town.with_answers("small.db", SMALL), town.with_answers("large.db", LARGE));
    for line in [
        "package list --as one",
        "package list --as four",
        "package list --as one --status pending --oldest-first",
        "package list --as four --status accepted",
        "package list --overdue",
        "package list --older-than 4h --oldest-first",
        "offer list",
        "offer list --oldest-first --status closed",
        "offer list --as one",
        "offer list --as four",
        "visit list",
        "visit list --as one",
        "visit list --as four",
        "visit list --provider PRV-000004",
        "client list --as one",
    ] {
        let page = |place: &PathBuf| whole(caredesk(place).args(line.split(' ')).args(["--limit", "100"]));
        compare(
            &format!("{line}, first page: 1,000,000 packages / 1,000"),
            1.3,
            PAIRS / 4,
            |_| page(&large),
            |_| page(&small),
        );
    }
    for login in ["one", "four"] {
        let desk = |place: &PathBuf| whole(caredesk(place).args(["--as", login]));
        let what = format!("what waits for {login}: 1,000,000 packages / 1,000");
        compare(&what, 1.3, PAIRS / 4, |_| desk(&large), |_| desk(&small));
    }
}
