//! Changes to the statuses of a queue: adding, restoring, renaming, moving, retiring. Referrals always arrive in an open one
//! (rule 2.4).

use super::{Queue, Status, StatusSpec};
use crate::model::prelude::*;
use crate::model::text::nearest;

/// Not found if no queue has a status with this label.
pub(crate) fn must_have_status(queues: &[Queue], label: &str) -> Result<()> {
    let labels = || queues.iter().flat_map(|queue| &queue.statuses).map(|status| status.label.as_str());
    let key = fold(label);
    if labels().any(|known| fold(known) == key) {
        return Ok(());
    }
    let hint = match nearest(label, labels()).as_slice() {
        [] => "`caredesk queue show QUEUE` shows the statuses of a queue".to_owned(),
        [near, ..] => format!("did you mean `{near}`? `caredesk queue show QUEUE` shows all of a queue"),
    };
    Err(Error::not_found("queue.no_such_status", format!("no queue has a status `{label}`"))
        .hint(hint)
        .detail("status", label))
}

/// The position of a new status.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Position {
    Last,
    First,
    After(String),
}

/// The result of adding a status.
#[derive(Clone, Debug)]
pub(crate) enum AddStatusOutcome {
    /// A new status, in its position.
    New { status: Status, queue: Queue },
    /// A retired status, restored in its position.
    Back { status: Status, queue: Queue },
    /// The status exists already.
    Present,
}

impl Queue {
    /// Refused: an existing label, another kind than before it was retired, a closed status in the first
    /// position.
    pub(crate) fn add_status(
        &self, spec: &StatusSpec, place: &Position, if_not_exists: bool, id: StatusId,
    ) -> Result<AddStatusOutcome> {
        let Some(same) = self.status(&spec.label) else { return self.with_new(spec, place, id) };
        if same.closed != spec.closed {
            let sort = if same.closed { "closed" } else { "open" };
            return Err(
                self.exists(same, &format!("there is a status `{}` already, and it is {sort}", same.label))
            );
        }
        if !same.retired && if_not_exists {
            return Ok(AddStatusOutcome::Present);
        }
        if !same.retired {
            return Err(self.exists(same, &format!("there is a status `{}` already", same.label)));
        }
        if *place != Position::Last {
            let why = format!("status `{}` is retired and comes back where it stood", same.label);
            return Err(self.exists(same, &why).hint("leave out `--first` and `--after`"));
        }
        let status = Status { retired: false, ..same.clone() };
        let queue = self.with(&status);
        queue.must_begin_open()?;
        Ok(AddStatusOutcome::Back { status, queue })
    }

    fn with_new(&self, spec: &StatusSpec, place: &Position, id: StatusId) -> Result<AddStatusOutcome> {
        let index = match place {
            Position::Last => self.statuses.len(),
            Position::First => 0,
            Position::After(label) => 1 + self.position(label)?,
        };
        let status = Status { id, label: spec.label.clone(), closed: spec.closed, retired: false };
        let mut queue = self.clone();
        queue.statuses.insert(index, status.clone());
        queue.must_begin_open()?;
        Ok(AddStatusOutcome::New { status, queue })
    }

    /// The status, and the queue after it is retired. Refused if the first status would not be open then.
    pub(crate) fn retire_status(&self, label: &str) -> Result<(Status, Queue)> {
        let status = self.at(self.position(label)?)?;
        let queue = self.with(&Status { retired: true, ..status.clone() });
        if !status.retired {
            queue.must_begin_open()?;
        }
        Ok((status, queue))
    }

    /// The status with another label, and the queue after that. Refused if another has this label.
    pub(crate) fn rename_status(&self, label: &str, new: &str) -> Result<(Status, Queue)> {
        let status = self.at(self.position(label)?)?;
        if let Some(same) = self.status(new).filter(|same| same.id != status.id) {
            let name = &self.name;
            return Err(self.exists(same, &format!("there is a status `{}` already", same.label)).hint(
                format!("`caredesk queue show {name_word}` shows them", name_word = text::shell_word(name)),
            ));
        }
        let status = Status { label: new.to_owned(), ..status };
        Ok((status.clone(), self.with(&status)))
    }

    /// The queue with a status in another position. Refused if the first status would not be open then.
    pub(crate) fn move_status(&self, label: &str, place: &Position) -> Result<Queue> {
        let from = self.position(label)?;
        let status = self.at(from)?;
        let mut queue = self.without(status.id);
        let to = match place {
            Position::First => 0,
            Position::Last => queue.statuses.len(),
            Position::After(other) if self.position(other)? == from => from,
            Position::After(other) => 1 + queue.position(other)?,
        };
        queue.statuses.insert(to, status);
        queue.must_begin_open()?;
        Ok(queue)
    }

    /// The queue without a status that has no referrals.
    pub(crate) fn without(&self, status: StatusId) -> Queue {
        let mut queue = self.clone();
        queue.statuses.retain(|known| known.id != status);
        queue
    }

    fn with(&self, status: &Status) -> Queue {
        let mut queue = self.clone();
        for known in queue.statuses.iter_mut().filter(|known| known.id == status.id) {
            known.clone_from(status);
        }
        queue
    }

    fn at(&self, index: usize) -> Result<Status> {
        let status = self.statuses.get(index).cloned();
        status.ok_or_else(|| Error::internal("a status is not where it was found"))
    }

    fn position(&self, label: &str) -> Result<usize> {
        let key = fold(label);
        let found = self.statuses.iter().position(|status| fold(&status.label) == key);
        found.ok_or_else(|| {
            Error::invalid("queue.unknown_status", format!("queue `{}` has no status `{label}`", self.name))
                .hint(format!("its statuses are {}", self.labels()))
                .detail("queue", self.name.clone())
                .detail("status", label)
        })
    }

    fn must_begin_open(&self) -> Result<()> {
        let why = match self.first() {
            Some(first) if !first.closed => return Ok(()),
            Some(first) => format!("the first would be `{}`, which is closed", first.label),
            None => "none would be left".to_owned(),
        };
        let name = &self.name;
        let message = format!("referrals arrive in the first status of queue `{name}`: {why}");
        Err(Error::refused("queue.first_status", message)
            .hint(format!(
                "put an open one first: `caredesk queue add-status {name_word} LABEL --first`",
                name_word = text::shell_word(name)
            ))
            .detail("queue", name.clone()))
    }

    fn exists(&self, status: &Status, why: &str) -> Error {
        let name = &self.name;
        Error::refused("queue.status_exists", format!("queue `{name}`: {why}"))
            .hint(format!(
                "`caredesk queue show {name_word}` shows them; `--if-not-exists` leaves it as it is",
                name_word = text::shell_word(name)
            ))
            .detail("status", status.label.clone())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::id::QueueId;

    fn queue(statuses: &[&str]) -> Queue {
        let specs = statuses.iter().map(|text| text.trim_start_matches('-').parse().unwrap()).collect();
        let mut number = 0;
        let mut queue = Queue::new(QueueId::NIL, "Meals".to_owned(), specs, || {
            number += 1;
            StatusId::from_u128(number)
        })
        .unwrap();
        for (status, text) in queue.statuses.iter_mut().zip(statuses) {
            status.retired = text.starts_with('-');
        }
        queue
    }

    fn written(queue: &Queue) -> String {
        let word = |status: &Status| {
            let (dash, closed) =
                (if status.retired { "-" } else { "" }, if status.closed { ":closed" } else { "" });
            format!("{dash}{}{closed}", status.label)
        };
        queue.statuses.iter().map(word).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn a_status_is_added_where_it_is_asked_for() {
        let after = |label: &str| Position::After(label.to_owned());
        let table = [
            (&["New", "Done:closed"][..], "Live", Position::Last, Ok("New Done:closed Live")),
            (&["New", "Done:closed"], "Live", Position::First, Ok("Live New Done:closed")),
            (&["New", "Done:closed"], "Live", after("new"), Ok("New Live Done:closed")),
            (&["New", "-Old"], "old", Position::Last, Ok("New Old")),
            (&["New"], "Done:closed", Position::First, Err("queue.first_status")),
            (&["New"], "new", Position::Last, Err("queue.status_exists")),
            (&["New", "-Old"], "Old", Position::First, Err("queue.status_exists")),
            (&["New", "-Old"], "Old:closed", Position::Last, Err("queue.status_exists")),
            (&["New"], "Live", after("Nowhere"), Err("queue.unknown_status")),
            (&["-New", "Live"], "Done:closed", after("New"), Err("queue.first_status")),
        ];
        for (statuses, spec, place, expected) in table {
            let added = queue(statuses).add_status(&spec.parse().unwrap(), &place, false, StatusId::MAX);
            let became = added.map(|added| match added {
                AddStatusOutcome::New { queue, .. } | AddStatusOutcome::Back { queue, .. } => written(&queue),
                AddStatusOutcome::Present => "present".to_owned(),
            });
            assert_eq!(became.as_deref().map_err(Error::code), expected, "{statuses:?} {spec}");
        }
        let present =
            queue(&["New"]).add_status(&"new".parse().unwrap(), &Position::Last, true, StatusId::MAX);
        assert!(matches!(present, Ok(AddStatusOutcome::Present)));
    }

    #[test]
    fn a_status_gets_a_label_that_no_other_has() {
        let rename = |statuses: &[&str], label, new| {
            queue(statuses)
                .rename_status(label, new)
                .map(|(_, queue)| written(&queue))
                .map_err(|error| error.code())
        };
        assert_eq!(rename(&["New", "Done:closed"], "done", "Met"), Ok("New Met:closed".to_owned()));
        assert_eq!(rename(&["New", "-Old"], "Old", "OLD"), Ok("New -OLD".to_owned()));
        assert_eq!(rename(&["New", "-Old"], "New", "old"), Err("queue.status_exists"));
        assert_eq!(rename(&["New"], "Nowhere", "Old"), Err("queue.unknown_status"));
    }

    #[test]
    fn a_status_is_moved_behind_another_or_to_an_end() {
        let after = |label: &str| Position::After(label.to_owned());
        let table = [
            ("live", Position::First, Ok("Live New Met Done:closed")),
            ("New", Position::Last, Ok("Live Met Done:closed New")),
            ("Met", after("new"), Ok("New Met Live Done:closed")),
            ("New", after("Met"), Ok("Live Met New Done:closed")),
            ("Live", after("live"), Ok("New Live Met Done:closed")),
            ("Live", after("Nowhere"), Err("queue.unknown_status")),
            ("Nowhere", Position::First, Err("queue.unknown_status")),
            ("Done", Position::First, Err("queue.first_status")),
        ];
        for (label, place, expected) in table {
            let moved = queue(&["New", "Live", "Met", "Done:closed"]).move_status(label, &place);
            let moved = moved.map(|queue| written(&queue));
            assert_eq!(moved.as_deref().map_err(Error::code), expected, "{label} {place:?}");
        }
    }

    #[test]
    fn the_first_status_stays_open() {
        let retire = |statuses: &[&str], label| {
            queue(statuses)
                .retire_status(label)
                .map(|(_, queue)| written(&queue))
                .map_err(|error| error.code())
        };
        assert_eq!(retire(&["New", "Live"], "new"), Ok("-New Live".to_owned()));
        assert_eq!(retire(&["New", "Done:closed"], "Done"), Ok("New -Done:closed".to_owned()));
        assert_eq!(retire(&["New", "-Old"], "old"), Ok("New -Old".to_owned()));
        assert_eq!(retire(&["New", "Done:closed", "Live"], "New"), Err("queue.first_status"));
        assert_eq!(retire(&["New"], "New"), Err("queue.first_status"));
        assert_eq!(retire(&["New"], "Nowhere"), Err("queue.unknown_status"));
    }
}
