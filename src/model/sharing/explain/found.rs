//! The rules by their names, and one as it is decided.

use crate::model::names::names;
use crate::model::remedy::{self, Remedy};

names! {
    pub(crate) enum Rule {
        /// 2.12
        Recipient = "recipient",
        /// 3.1
        Level = "level",
        /// 3.2
        Link = "link",
        /// 3.3
        Category = "category",
        /// 3.16; only where there is such a record, and not for the recipient.
        Restriction = "restriction",
        /// 3.5
        EnrolmentOwner = "enrolment_owner",
        /// 3.5
        EnrolmentRecipient = "enrolment_recipient",
        /// 3.5
        Request = "request",
        /// 3.7
        Release = "release",
        /// 3.6
        Expiry = "expiry",
    }
}

pub(super) type Found = remedy::Found<Rule>;

pub(super) fn not_asked(rule: Rule, why: &str) -> Found {
    Found::not_asked(rule, why)
}

pub(super) fn result(rule: Rule, met: bool, detail: String, remedy: impl Into<Option<Remedy>>) -> Found {
    Found::of(rule, met, detail, remedy)
}
