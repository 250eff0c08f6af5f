//! The commands that change a queue and its statuses.

use super::{Step, exchanged};
use crate::error::{Error, Kind, Result};
use crate::model::state::Queue;
use crate::model::text::fold;

pub(super) fn queue_to(before: Option<&Queue>, after: &Queue, steps: &mut Vec<Step>) -> Result<()> {
    let name = after.name.as_str();
    let to = after.statuses.as_deref().unwrap_or_default();
    if let Some(before) = before {
        statuses_to(before, after, steps)?;
    } else {
        let step =
            to.iter().fold(Step::new(&["queue", "create"]), |step, status| step.option("status", status));
        steps.push(step.on([name]));
    }
    let was = before.and_then(|queue| queue.resources.as_deref()).unwrap_or_default();
    let to = after.resources.as_deref().unwrap_or_default();
    let step = |verb, resource: &String| Step::new(&["queue", verb]).on([name, resource.as_str()]);
    steps.extend(exchanged(was, to, |one| step("add-resource", one), |one| step("remove-resource", one)));
    Ok(())
}

/// New ones at the end, then all in their order, then the others go, so that there always is an open one to arrive in.
fn statuses_to(before: &Queue, after: &Queue, steps: &mut Vec<Step>) -> Result<()> {
    let was = before.statuses.as_deref().unwrap_or_default();
    let to = after.statuses.as_deref().unwrap_or_default();
    let label =
        |status: &String| status.rsplit_once(':').map_or(status.as_str(), |(label, _)| label).to_owned();
    let same = |one: &String, other: &String| fold(&label(one)) == fold(&label(other));
    if let Some((one, other)) =
        was.iter().find_map(|one| Some((one, to.iter().find(|other| same(one, other) && one != *other)?)))
    {
        return Err(Error::new(
            Kind::Refused,
            "state.status",
            format!("in queue `{}` the status `{one}` cannot become `{other}`", before.name),
        )
        .hint("`caredesk queue rename-status` renames it; whether it closes a referral stays"));
    }
    let queue = before.name.as_str();
    let new = to.iter().filter(|status| !was.contains(status));
    steps.extend(new.clone().map(|status| Step::new(&["queue", "add-status"]).on([queue, status.as_str()])));
    let kept = was.iter().filter(|status| to.contains(status));
    if !kept.chain(new).eq(to.iter()) {
        let mut last: Option<String> = None;
        for status in to.iter().map(&label) {
            let step = Step::new(&["queue", "move-status"]);
            let step = match &last {
                None => Step { words: [step.words, vec!["--first".to_owned()]].concat(), ..step },
                Some(last) => step.option("after", last),
            };
            steps.push(step.on([queue, status.as_str()]));
            last = Some(status);
        }
    }
    let gone = was.iter().filter(|status| !to.contains(status));
    steps.extend(
        gone.map(|status| Step::new(&["queue", "retire-status"]).on([queue, label(status).as_str()])),
    );
    Ok(())
}
