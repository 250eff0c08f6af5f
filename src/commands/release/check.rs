//! `release check`: the elements of a valid release, and those that this one lacks.

use crate::commands::prelude::*;
use crate::model::release;

/// Missing elements are a result, not a refusal: the list is printed and the exit status reports them.
pub(super) fn run(context: &Context, reference: &Reference) -> Result<()> {
    let found = context.read(|tx| store::lookup::<Release>(tx, reference, context.visibility()))?;
    let elements = release::elements(&found);
    context.out.rows(elements.clone(), "nothing was looked at")?;
    let lacks: Vec<&str> = elements.iter().filter(|one| !one.held).map(|one| one.element.name()).collect();
    if lacks.is_empty() {
        return Ok(());
    }
    Err(Error::refused(
        "release.incomplete",
        format!("release `{}` lacks {} of {} elements", found.code, lacks.len(), elements.len()),
    )
    .hint("a release is never changed: revoke it and add it again with what the paper says, or have a new one signed")
    .detail("lacks", lacks))
}
