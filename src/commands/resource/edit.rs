//! `resource edit`: the fields of a resource, and whether it takes referrals.

use super::card;
use crate::commands::prelude::*;
use crate::model::resource::State;
use crate::model::sharing::Effect;

#[derive(Args)]
#[command(after_help = "\
Examples:
  $ caredesk resource edit \"night shift\" --state paused
  $ caredesk resource edit \"night shift\" --name \"Night care\" --fees none")]
pub(super) struct Edit {
    /// Code or name; a provider stands for its agency record
    resource: Reference,
    #[command(flatten)]
    fields: Fields,
}

// At least one of these. (A doc comment here would become the help of the whole verb.)
#[derive(Args)]
#[group(required = true, multiple = true)]
struct Fields {
    /// The new name; only a program can be renamed
    #[arg(long, value_parser = edit::never_none(text::name))]
    name: Option<String>,
    /// Whether it takes referrals
    #[arg(long)]
    state: Option<State>,
    /// A description
    #[arg(long, value_name = "TEXT", value_parser = edit::or_none(text::free), allow_hyphen_values = true)]
    description: Option<edit::Edit<String>>,
    /// Who is eligible
    #[arg(long, value_name = "TEXT", value_parser = edit::or_none(text::free), allow_hyphen_values = true)]
    eligibility: Option<edit::Edit<String>>,
    /// The fees
    #[arg(long, value_name = "TEXT", value_parser = edit::or_none(text::free), allow_hyphen_values = true)]
    fees: Option<edit::Edit<String>>,
    /// How to apply
    #[arg(long, value_name = "TEXT", value_parser = edit::or_none(text::free), allow_hyphen_values = true)]
    application_process: Option<edit::Edit<String>>,
    /// The e-mail address
    #[arg(long, value_parser = edit::or_none(text::email))]
    email: Option<edit::Edit<String>>,
    /// The website
    #[arg(long, value_parser = edit::or_none(text::line))]
    url: Option<edit::Edit<String>>,
}

pub(super) fn run(context: &Context, command: &Edit) -> Result<()> {
    context.change("resource.edit", Action::ChangeProviders, |tx| {
        let before = store::lookup::<Resource>(tx, &command.resource, context.visibility())?;
        let after = edited(&command.fields, &before);
        let was = card(context, tx, &before)?;
        if after != before {
            may_become(tx, &before, &after)?;
            store::resource::update(tx, &after)?;
            store::resource::index(tx, &[after.provider_id])?;
        }
        let effect = stopped(context, tx, &before, &after)?;
        let what = format!("make resource {} ({}) {}", after.code, after.name, after.state);
        Ok(Change::of(before, after.clone()).shown_as(was, card(context, tx, &after)?).stopping(what, effect))
    })
}

/// What a resource that takes no referrals any more, or none for now, leaves without one.
fn stopped(context: &Context, tx: &mut Tx<'_>, before: &Resource, after: &Resource) -> Result<Effect> {
    if before.state != State::Active || after.state == State::Active {
        return Ok(Effect::default());
    }
    Ok(Effect::stopping(store::stop::of_resource(tx, after.id, context.now())?))
}

fn edited(fields: &Fields, before: &Resource) -> Resource {
    let was = before.clone();
    Resource {
        name: fields.name.clone().unwrap_or(was.name),
        state: fields.state.unwrap_or(was.state),
        description: edit::apply(fields.description.as_ref(), was.description),
        eligibility: edit::apply(fields.eligibility.as_ref(), was.eligibility),
        fees: edit::apply(fields.fees.as_ref(), was.fees),
        application_process: edit::apply(fields.application_process.as_ref(), was.application_process),
        email: edit::apply(fields.email.as_ref(), was.email),
        url: edit::apply(fields.url.as_ref(), was.url),
        ..was
    }
}

pub(super) fn may_become(tx: &mut Tx<'_>, before: &Resource, after: &Resource) -> Result<()> {
    if after.name != before.name {
        before.must_be_program("resource.agency_name", "carries its name", "edit PROVIDER --name NAME")?;
        let same = store::resource::of_name(tx, before.provider_id, &after.name)?;
        if let Some(same) = same.filter(|same| same.id != before.id) {
            return Err(same.exists());
        }
    }
    if after.state == State::Inactive && before.state != State::Inactive {
        before.must_be_free(store::resource::open_referrals(tx, before.id)?)?;
    }
    Ok(())
}
