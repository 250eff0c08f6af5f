//! A queue: a named list of referrals with its own ordered statuses, each open or closed (rule 2.4).

pub(crate) mod statuses;

use std::fmt;
use std::str::FromStr;

use crate::model::prelude::*;
use crate::model::resource::{ResourceKind, State};

pub(crate) const NOUN: Noun = noun!("queue");

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Queue {
    pub(crate) id: QueueId,
    pub(crate) name: String,
    pub(crate) active: bool,
    pub(crate) statuses: Vec<Status>,
}

/// Parses a status: `Live`, or `Closed:closed`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct StatusSpec {
    label: String,
    closed: bool,
}

impl fmt::Display for StatusSpec {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", self.label, if self.closed { ":closed" } else { "" })
    }
}

impl FromStr for StatusSpec {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let (label, closed) = match text.rsplit_once(':') {
            Some((label, "closed")) => (label, true),
            Some((label, "open")) => (label, false),
            Some((_, other)) => {
                return Err(format!("`{other}` is not a sort of status: write LABEL or LABEL:closed"));
            }
            None => (text, false),
        };
        Ok(StatusSpec { label: text::name(label)?, closed })
    }
}

impl Queue {
    /// Refused: no status, a closed first one (referrals arrive there), two with one label.
    pub(crate) fn new(
        id: QueueId, name: String, statuses: Vec<StatusSpec>, mut key: impl FnMut() -> StatusId,
    ) -> Result<Self, String> {
        match statuses.first() {
            None => return Err("a queue needs at least one status".to_owned()),
            Some(first) if first.closed => {
                let label = &first.label;
                return Err(format!("referrals arrive in the first status, so `{label}` cannot be closed"));
            }
            Some(_) => {}
        }
        for (index, status) in statuses.iter().enumerate() {
            let key = fold(&status.label);
            if statuses.iter().take(index).any(|earlier| fold(&earlier.label) == key) {
                return Err(format!("the status `{}` is given twice", status.label));
            }
        }
        let statuses = statuses.into_iter().map(|StatusSpec { label, closed }| Status {
            id: key(),
            label,
            closed,
            retired: false,
        });
        Ok(Queue { id, name, active: true, statuses: statuses.collect() })
    }

    /// The status with this label in any case, retired or not.
    pub(crate) fn status(&self, label: &str) -> Option<&Status> {
        let key = fold(label);
        self.statuses.iter().find(|status| fold(&status.label) == key)
    }

    /// The status of new referrals.
    pub(crate) fn first(&self) -> Option<&Status> {
        self.statuses.iter().find(|status| !status.retired)
    }

    /// An inactive queue takes no new referrals (rule 2.4).
    pub(crate) fn must_be_active(&self) -> Result<()> {
        if self.active {
            return Ok(());
        }
        let name = &self.name;
        let message = format!("queue `{name}` is inactive and takes no new referrals");
        Err(Error::refused("queue.inactive", message)
            .hint(format!(
                "`caredesk queue activate {name_word}` brings it back",
                name_word = text::shell_word(name)
            ))
            .detail("queue", name.clone()))
    }

    /// The valid labels, for messages.
    pub(crate) fn labels(&self) -> String {
        let valid = self.statuses.iter().filter(|status| !status.retired);
        valid.map(|status| status.label.as_str()).collect::<Vec<_>>().join(", ")
    }

    /// With the resources that it is linked to.
    pub(crate) fn view(&self, resources: Vec<LinkedView>) -> QueueView {
        cloned! { self => QueueView { name, active, statuses, resources: resources } }
    }
}

view! {
    /// The view of a queue.
    pub(crate) struct QueueView("queue", |view| &view.name) {
        name: String => Text,
        active: bool => YesNo,
        statuses: Vec<Status> => Many,
        resources: Vec<LinkedView> => Many,
    }
}

view! {
    /// A resource that takes the referrals of a queue.
    pub(crate) struct LinkedView("resource", |view| &view.code) {
        code: String => Code,
        kind: ResourceKind => Status(rank 1),
        name: String => Text,
        state: State => Status,
        /// The code of its provider.
        provider: String => Code(hidden),
        provider_name: String => Name,
    }
}

view! {
    #[derive(Eq)]
    #[schemars(rename = "StatusView")]
    pub(crate) struct Status("status", |view| &view.label) {
        @id: StatusId,
        label: String => Code,
        /// Whether a referral in it is closed.
        closed: bool => YesNo,
        /// Whether it is retired and takes no more referrals.
        retired: bool => YesNo,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn queue(statuses: &[&str]) -> Result<Queue, String> {
        let specs = statuses.iter().map(|text| text.parse()).collect::<Result<Vec<StatusSpec>, _>>()?;
        Queue::new(QueueId::NIL, "Home care".to_owned(), specs, || StatusId::NIL)
    }

    #[test]
    fn statuses_have_a_label_and_are_open_or_closed() {
        let made = queue(&["New", "Live", "Closed:closed"]).unwrap();
        assert!(made.status("closed").unwrap().closed);
        assert!(!made.status("NEW").unwrap().closed);
        assert_eq!(made.labels(), "New, Live, Closed");
    }

    #[test]
    fn queues_that_cannot_be() {
        for statuses in [&[][..], &["Closed:closed"], &["New", "new"], &["New", ""], &["New:shut"]] {
            assert!(queue(statuses).is_err(), "{statuses:?}");
        }
    }
}
