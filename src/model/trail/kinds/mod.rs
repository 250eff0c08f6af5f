//! What the audit trail tells of each kind of thing, and which of that is in the thing's own rows. What a view shows beside that
//! belongs to other things, or follows from the instant and from other fields.

mod sharing;

use super::{ANY, Column, Kind, coded, part};
use Column::{Code, Codes, Date, Flag, Instant, Number, Text, Texts};

pub(crate) const KINDS: &[Kind] = &[
    Kind {
        actions: Some("account.%"),
        has: &["login", "admin"],
        ..coded(
            "account",
            ANY,
            &[part(
                "account",
                None,
                &[
                    ("name", Text),
                    ("level", Text),
                    ("email", Text),
                    ("active", Flag),
                    ("has_password", Flag),
                    ("permissions", Texts),
                    ("resources", Codes),
                    ("alerts_off", Texts),
                ],
            )],
            &["login", "first_password_expires_at", "resource_assigned_emails"],
        )
    },
    Kind {
        has: &["given"],
        ..coded(
            "client",
            ("CLI-", "CLI."),
            &[part(
                "client",
                None,
                &[
                    ("given", Text),
                    ("family", Text),
                    ("birth_date", Date),
                    ("postal_code", Text),
                    ("id", Text),
                    ("status", Text),
                    ("since_on", Date),
                    ("former_names", Texts),
                    ("address", Text),
                    ("phones", Texts),
                    ("carer_note", Text),
                    ("merged_into", Code),
                ],
            )],
            &["code", "anonymous"],
        )
    },
    Kind {
        has: &["since_on"],
        lacks: &["given"],
        key: &["client", "provider"],
        merges: &["CLI-", "PRV-"],
        ..coded(
            "enrolment",
            ("CLI-", "CLI."),
            &[part(
                "enrolment",
                None,
                &[("client", Code), ("provider", Code), ("status", Text), ("since_on", Date)],
            )],
            &[],
        )
    },
    Kind {
        // An import says only what differs.
        has: &[],
        lacks: &["level", "recipient"],
        ..coded(
            "provider",
            ("PRV-", "PRV."),
            &[part(
                "provider",
                None,
                &[
                    ("name", Text),
                    ("alternate_name", Text),
                    ("description", Text),
                    ("email", Text),
                    ("phone", Text),
                    ("url", Text),
                    ("postal_code", Text),
                    ("active", Flag),
                    ("source", Text),
                    ("source_id", Text),
                    ("merged_into", Code),
                ],
            )],
            &["code"],
        )
    },
    Kind {
        has: &["level"],
        key: &["provider", "type"],
        merges: &["PRV-"],
        ..coded(
            "setting",
            ("PRV-", "PRV."),
            &[part(
                "setting",
                None,
                &[
                    ("provider", Code),
                    ("type", Text),
                    ("level", Number),
                    ("client_by_client", Flag),
                    ("require_expiry", Flag),
                    ("release_sharing", Flag),
                    ("default_days", Number),
                    ("notice", Text),
                ],
            )],
            &["sharing"],
        )
    },
    Kind {
        has: &["recipient"],
        key: &["owner", "recipient", "type"],
        merges: &["PRV-"],
        ..coded(
            "link",
            ("PRV-", "PRV."),
            &[part("link", None, &[("owner", Code), ("recipient", Code), ("type", Text)])],
            &["sharing", "editable"],
        )
    },
    Kind {
        actions: Some("contact.%"),
        has: &["number"],
        is_renamed: true,
        ..coded(
            "contact",
            ANY,
            &[part(
                "contact",
                None,
                &[
                    ("number", Text),
                    ("given", Text),
                    ("family", Text),
                    ("postal_code", Text),
                    ("phone", Text),
                    ("email", Text),
                    ("submitted_on", Date),
                    ("details", Text),
                    ("client", Code),
                    ("created_at", Instant),
                    ("created_by", Text),
                ],
            )],
            &["referrals", "anonymous"],
        )
    },
    Kind {
        actions: Some("category.%"),
        is_imported: false,
        has: &["name"],
        ..coded("category", ANY, &[part("category", None, &[("name", Text)])], &[])
    },
    Kind {
        actions: Some("queue.%"),
        is_imported: false,
        has: &["statuses"],
        is_renamed: true,
        ..coded(
            "queue",
            ANY,
            &[
                part("queue", None, &[("active", Flag)]),
                part(
                    "queue_status",
                    Some("statuses"),
                    &[("label", Text), ("closed", Flag), ("retired", Flag)],
                ),
                part("queue_resource", Some("resources"), &[("code", Code)]),
            ],
            &["name", "kind", "state", "provider"],
        )
    },
    coded(
        "contract",
        ("CTR-", "CTR."),
        &[part(
            "contract",
            None,
            &[
                ("provider", Code),
                ("name", Text),
                ("starts_on", Date),
                ("ends_on", Date),
                ("categories", Texts),
            ],
        )],
        &["code", "active"],
    ),
    coded(
        "referral",
        ("REF-", "REF."),
        &[part(
            "referral",
            None,
            &[
                ("status", Text),
                ("client", Code),
                ("resource", Code),
                ("assigned_at", Instant),
                ("note", Text),
                ("created_at", Instant),
                ("created_by", Text),
            ],
        )],
        // A queue and a contact may be called otherwise since.
        &["code", "queue", "closed", "contact_number", "provider"],
    ),
    coded(
        "visit",
        ("VIS-", "VIS."),
        &[part(
            "visit",
            None,
            &[
                ("referral", Code),
                ("start", Instant),
                ("duration_minutes", Number),
                ("status", Text),
                ("note", Text),
                ("provider_note", Text),
            ],
        )],
        &[
            "code",
            "package",
            "package_status",
            "offered_start",
            "offered_duration_minutes",
            "differs_from_offer",
        ],
    ),
    coded(
        "package",
        ("PKG-", "PKG."),
        &[
            part(
                "package",
                None,
                &[
                    ("reference", Text),
                    ("status", Text),
                    ("referral", Code),
                    ("created_at", Instant),
                    ("created_by", Text),
                    ("amended_at", Instant),
                    ("amended_by", Text),
                    ("recalled_at", Instant),
                    ("recalled_by", Text),
                    ("provider_note", Text),
                ],
            ),
            part(
                "offer",
                Some("offers"),
                &[
                    ("provider", Code),
                    ("requested_by", Text),
                    ("requested_at", Instant),
                    ("status", Text),
                    ("responded_at", Instant),
                    ("opens_at", Instant),
                    ("lapses_at", Instant),
                    ("reminded_at", Instant),
                    ("ended_at", Instant),
                    ("reason", Text),
                ],
            ),
            part(
                "packaged_visit",
                Some("visits"),
                &[("code", Code), ("offered_start", Instant), ("offered_duration_minutes", Number)],
            ),
        ],
        &["code", "area", "accepted_by", "start", "duration_minutes", "status", "differs_from_offer"],
    ),
    coded(
        "capacity",
        ("CAP-", "CAP."),
        &[part(
            "capacity",
            None,
            &[
                ("resource", Code),
                ("places", Number),
                ("unit", Text),
                ("maximum", Number),
                ("starts_at", Instant),
                ("ends_at", Instant),
                ("note", Text),
                ("set_at", Instant),
                ("set_by", Text),
                ("removed_at", Instant),
                ("removed_by", Text),
            ],
        )],
        &["code", "provider", "status", "used", "remaining", "over"],
    ),
    sharing::REQUEST,
    sharing::RELEASE,
    sharing::RECORD,
];
