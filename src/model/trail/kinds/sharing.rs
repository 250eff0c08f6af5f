//! The same of what is shared, and how.

use super::super::Column::{Code, Codes, Date, Digest, Flag, Instant, Number, Text};
use super::super::{Kind, coded, part};

pub(super) const REQUEST: Kind = coded(
    "request",
    ("SHR-", "SHR."),
    &[part(
        "request",
        None,
        &[
            ("client", Code),
            ("owner", Code),
            ("recipient", Code),
            ("type", Text),
            ("status", Text),
            ("signed_on", Date),
            ("signed_by", Text),
            ("signed_as", Text),
            ("expires_on", Date),
            ("purpose", Text),
            ("note", Text),
            ("requested_at", Instant),
            ("requested_by", Text),
            ("answered_at", Instant),
            ("answered_by", Text),
            ("reason", Text),
            ("withdrawn_on", Date),
            ("withdrawn_how", Text),
            ("lapses_on", Date),
            ("cancelled_at", Instant),
            ("cancelled_by", Text),
        ],
    )],
    &["code", "birth_date"],
);

pub(super) const RELEASE: Kind = Kind {
    has: &["owner"],
    ..coded(
        "release",
        ("ROI-", "ROI."),
        &[part(
            "release",
            None,
            &[
                ("client", Code),
                ("owner", Code),
                ("type", Text),
                ("signed_on", Date),
                ("expires_on", Date),
                ("expiry_event", Text),
                ("signed_by", Text),
                ("signed_as", Text),
                ("purpose", Text),
                ("all_providers", Flag),
                ("recipients", Codes),
                ("media_type", Text),
                ("size", Number),
                ("sha256", Digest),
                ("created_at", Instant),
                ("created_by", Text),
                ("revoked_at", Instant),
                ("revoked_by", Text),
                ("reason", Text),
                ("withdrawn_on", Date),
                ("withdrawn_how", Text),
            ],
        )],
        &["code", "status", "lacks"],
    )
};

pub(super) const RECORD: Kind = coded(
    "record",
    ("REC-", "REC."),
    &[part(
        "record",
        None,
        &[
            ("client", Code),
            ("owner", Code),
            ("type", Text),
            ("happened_on", Date),
            ("title", Text),
            ("category", Text),
            ("contract", Code),
            ("units", Text),
            ("detail", Text),
            ("never_shared", Flag),
            ("recorded_at", Instant),
        ],
    )],
    &["code", "notice", "basis"],
);
