//! Who is alerted, and where no account is, why (rule 2.11).

use std::collections::BTreeSet;

use super::{AlertKind, AlertKinds};
use crate::model::prelude::*;

names! {
    /// Why no account is alerted.
    pub(crate) enum Unalerted {
        /// No account acts there.
        NoAccount = "no-account",
        /// The provider is not active.
        Inactive = "inactive",
        /// None has the permission that the matter needs.
        NoPermission = "no-permission",
        /// Whom it concerns has done it.
        OwnDeed = "own-deed",
        /// All have switched alerts of this kind off.
        SwitchedOff = "switched-off",
        /// None has an e-mail address.
        NoEmail = "no-email",
        /// The alert of the offer has not been sent.
        Unsent = "unsent",
    }
}

impl Unalerted {
    /// Of one of several, or of all.
    pub(crate) fn words(self) -> &'static str {
        match self {
            Unalerted::NoAccount => "no active account acts there",
            Unalerted::Inactive => "the provider is not active",
            Unalerted::NoPermission => "none has the permission to answer",
            Unalerted::OwnDeed => "only the one who acts",
            Unalerted::SwitchedOff => "switched off",
            Unalerted::NoEmail => "no e-mail address",
            Unalerted::Unsent => "the offer was not mailed yet",
        }
    }
}

/// How the hub is named where no account of it is alerted.
pub(crate) const HUB: &str = "the hub";

/// An account that may be alerted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Recipient {
    pub(crate) id: AccountId,
    pub(crate) login: String,
    pub(crate) email: Option<String>,
    pub(crate) is_active: bool,
    /// Whether its provider is; staff have none.
    pub(crate) has_active_provider: bool,
    pub(crate) has_permission: bool,
    pub(crate) off: AlertKinds,
    /// Whether an alert waits without which this one is of no use to it.
    pub(crate) has_unsent: bool,
}

impl Recipient {
    /// Why it is not alerted; none if it is. `own` are the logins of who acts.
    pub(crate) fn obstacle(&self, kind: AlertKind, own: &[&str]) -> Option<Unalerted> {
        [
            (!self.is_active, Unalerted::NoAccount),
            (!self.has_active_provider, Unalerted::Inactive),
            (!self.has_permission, Unalerted::NoPermission),
            (own.contains(&self.login.as_str()), Unalerted::OwnDeed),
            (self.off.contains(kind), Unalerted::SwitchedOff),
            (self.email.is_none(), Unalerted::NoEmail),
            (self.has_unsent, Unalerted::Unsent),
        ]
        .into_iter()
        .find_map(|(is_so, why)| is_so.then_some(why))
    }
}

/// Whom a command alerts.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, schemars::JsonSchema)]
pub(crate) struct Alerted {
    /// How many accounts are alerted.
    #[serde(rename = "alerted", serialize_with = "count")]
    #[schemars(with = "usize")]
    pub(crate) accounts: BTreeSet<AccountId>,
    /// Of whom no account is, and why.
    #[serde(rename = "not_alerted")]
    pub(crate) unreached: Vec<Unreached>,
}

/// Of these no account is alerted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, schemars::JsonSchema)]
pub(crate) struct Unreached {
    /// A provider, a resource or the hub.
    pub(crate) of: String,
    pub(crate) reason: Unalerted,
}

/// Those of the candidates that are alerted; without any, the reason that keeps the nearest from it.
pub(crate) fn alerted<'a>(
    candidates: &'a [Recipient], kind: AlertKind, own: &[&str],
) -> Result<Vec<&'a Recipient>, Unalerted> {
    let (mut chosen, mut nearest) = (Vec::new(), Unalerted::NoAccount);
    for candidate in candidates {
        match candidate.obstacle(kind, own) {
            None => chosen.push(candidate),
            Some(why) => nearest = nearest.max(why),
        }
    }
    if chosen.is_empty() { Err(nearest) } else { Ok(chosen) }
}

fn count<S: serde::Serializer>(accounts: &BTreeSet<AccountId>, serializer: S) -> Result<S::Ok, S::Error> {
    accounts.len().serialize(serializer)
}

impl Alerted {
    /// No account of these, for this reason.
    pub(crate) fn of_none(of: &str, reason: Unalerted) -> Alerted {
        Alerted { accounts: BTreeSet::new(), unreached: vec![Unreached { of: of.to_owned(), reason }] }
    }

    pub(crate) fn and(mut self, other: Alerted) -> Alerted {
        self.accounts.extend(other.accounts);
        for unreached in other.unreached {
            if !self.unreached.contains(&unreached) {
                self.unreached.push(unreached);
            }
        }
        self
    }

    /// `2 accounts are alerted, none of `Birch Homecare` (no e-mail address)`; none where all there is to say is that who acts
    /// needs no alert.
    pub(crate) fn words(&self) -> Option<String> {
        let unreached: Vec<&Unreached> =
            self.unreached.iter().filter(|unreached| unreached.reason != Unalerted::OwnDeed).collect();
        let named = |one: &&Unreached| match one.of.as_str() {
            HUB => format!("the hub ({})", one.reason.words()),
            of => format!("`{of}` ({})", one.reason.words()),
        };
        let list = unreached.iter().map(named).collect::<Vec<_>>().join(", ");
        match (self.accounts.len(), unreached.as_slice()) {
            (0, []) => None,
            (0, [first, rest @ ..]) if rest.iter().all(|one| one.reason == first.reason) => {
                Some(format!("no account is alerted ({})", first.reason.words()))
            }
            (0, _) => Some(format!("no account is alerted: {list}")),
            (accounts, []) => Some(format!("{} alerted", counted(accounts, "account is", "accounts are"))),
            (accounts, _) => {
                Some(format!("{} alerted, none of {list}", counted(accounts, "account is", "accounts are")))
            }
        }
    }

    /// A full sentence with these words at its end.
    pub(crate) fn ending(&self, sentence: &str) -> String {
        let Some(words) = self.words() else { return sentence.to_owned() };
        match sentence.strip_suffix('.') {
            Some(sentence) if !sentence.contains(". ") => format!("{sentence}; {words}."),
            _ => {
                let (first, rest) = words.split_at(words.chars().next().map_or(0, char::len_utf8));
                format!("{sentence} {}{rest}.", first.to_uppercase())
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn recipient() -> Recipient {
        Recipient {
            id: AccountId::NIL,
            login: "rosa".to_owned(),
            email: Some("rosa@harbour.example".to_owned()),
            is_active: true,
            has_active_provider: true,
            has_permission: true,
            off: AlertKinds::default(),
            has_unsent: false,
        }
    }

    // Rule 2.11.
    #[test]
    fn who_is_not_alerted_and_why() {
        let off = [AlertKind::Offered].into_iter().collect();
        for (one, why) in [
            (recipient(), None),
            (Recipient { is_active: false, ..recipient() }, Some(Unalerted::NoAccount)),
            (Recipient { has_active_provider: false, ..recipient() }, Some(Unalerted::Inactive)),
            (Recipient { has_permission: false, ..recipient() }, Some(Unalerted::NoPermission)),
            (Recipient { login: "me".to_owned(), ..recipient() }, Some(Unalerted::OwnDeed)),
            (Recipient { off, ..recipient() }, Some(Unalerted::SwitchedOff)),
            (Recipient { email: None, ..recipient() }, Some(Unalerted::NoEmail)),
            (Recipient { has_unsent: true, ..recipient() }, Some(Unalerted::Unsent)),
            (Recipient { off: AlertKinds::default(), ..recipient() }, None),
        ] {
            assert_eq!(one.obstacle(AlertKind::Offered, &["me"]), why, "{one:?}");
        }
        assert_eq!(Recipient { off, ..recipient() }.obstacle(AlertKind::Recalled, &[]), None);
    }

    // Rule 2.11: where no account is, the reason is that of the account that lacks least.
    #[test]
    fn the_reason_is_that_of_the_nearest() {
        let (no_email, may_not) =
            (Recipient { email: None, ..recipient() }, Recipient { has_permission: false, ..recipient() });
        let both = [may_not.clone(), no_email];
        assert_eq!(alerted(&both, AlertKind::Offered, &[]), Err(Unalerted::NoEmail));
        assert_eq!(alerted(&[], AlertKind::Offered, &[]), Err(Unalerted::NoAccount));
        assert_eq!(alerted(&[may_not, recipient()], AlertKind::Offered, &[]).map(|all| all.len()), Ok(1));
    }

    #[test]
    fn it_is_said_in_one_sentence() {
        let several = Alerted { accounts: accounts(2), ..Alerted::of_none("Birch", Unalerted::NoEmail) };
        assert_eq!(
            several.ending("Done."),
            "Done; 2 accounts are alerted, none of `Birch` (no e-mail address)."
        );
        let none = Alerted::of_none("Birch", Unalerted::NoEmail);
        assert_eq!(none.ending("Done. Twice."), "Done. Twice. No account is alerted (no e-mail address).");
        let one = Alerted { accounts: accounts(1), ..Alerted::default() };
        assert_eq!(one.ending("Done."), "Done; 1 account is alerted.");
        let own = Alerted::of_none(HUB, Unalerted::OwnDeed);
        assert_eq!(own.ending("Done."), "Done.");
        assert_eq!(one.clone().and(own).ending("Done."), "Done; 1 account is alerted.");
        let off = Alerted::of_none(HUB, Unalerted::SwitchedOff).and(none.clone()).and(none.clone());
        assert_eq!(
            off.ending("Done."),
            "Done; no account is alerted: the hub (switched off), `Birch` (no e-mail address)."
        );
        assert_eq!(off.and(none).unreached.len(), 2);
        assert_eq!(serde_json::to_value(&several).unwrap()["alerted"], 2);
    }

    fn accounts(count: u128) -> BTreeSet<AccountId> {
        (1..=count).map(AccountId::from_u128).collect()
    }
}
