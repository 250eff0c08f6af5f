//! What the figures of reports count, in words: in the help, on the page to print, and in `docs/reports.md`.

const MEDIAN: &str =
    "Median: the one in the middle; of an even number the mean of the two in the middle, rounded up.";

pub(crate) const OFFERS: &[&str] = &[
    "Offered: offers that have opened, in the month in which their provider could answer first. A later wave that never opened is none.",
    "Answered: accepted or rejected. The median is of the times from being asked to the answer.",
    "Won: accepted, also where the package was handed back or recalled later. Handed back: those of them that were given back.",
    "Lapsed: not answered in time. Waiting: still to be answered.",
    "Closed: ended before an answer, since another was first, or the hub recalled the package or took the provider out.",
    MEDIAN,
];

pub(crate) const PACKAGES: &[&str] = &[
    "Packages: those created in the period, each in the month of its creation.",
    "Won: accepted at least once. The median is of the times from the creation to the first acceptance.",
    "Accepted: won, and neither handed back nor recalled since. Handed back: won, and given back by the provider.",
    "Pending, rejected and recalled: those never accepted, as they stand now. Rejected is also what was not answered in time.",
    MEDIAN,
];

pub(crate) const SHARING: &[&str] = &[
    "Requests: sharing requests sent in the period, each in the month in which it was sent, under its owner.",
    "Answered: granted or denied, by the first answer, whatever became of it later. The median is of the times from the request to it.",
    "Waiting: still to be answered. Unanswered: cancelled, or not answered in time.",
    MEDIAN,
];

pub(crate) const REFERRALS: &[&str] = &[
    "Referrals: those in this status now, by queue and assigned resource. Ages are in whole days.",
    "Changed: those that have left their first status, now or before. The median is of the times until then.",
    MEDIAN,
];

pub(crate) const HUB: &[&str] = &[
    "Referrals: those created in the period, each in the month of its creation; and how many have left their first status.",
    "Packages, offers and sharing requests: as in the reports of their own.",
    MEDIAN,
];

pub(crate) const CAPACITY: &[&str] = &["Places: as declared. Left: those less the referrals assigned since."];

/// What `--mask` does and does not guard.
const MASK: &str = "With --mask no small number follows from the figures of a report by adding and subtracting: greater ones are masked too, \
and medians and bars with them. What several reports with other filters or periods tell together is not guarded.";

/// As the end of a help.
pub(crate) fn help(notes: &[&str], examples: &str) -> String {
    format!("{}\n\n{MASK}\n\nExamples:\n{examples}", notes.join("\n"))
}
