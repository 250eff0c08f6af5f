//! `provider create`: an organisation that delivers care, with its agency record.

use super::insert;
use crate::commands::prelude::*;

#[derive(Args)]
pub(super) struct Create {
    /// The name of the organisation
    #[arg(value_parser = text::name)]
    name: String,
    /// The e-mail address
    #[arg(long, value_parser = text::email)]
    email: Option<String>,
    /// The phone number
    #[arg(long, value_parser = text::line)]
    phone: Option<String>,
    /// The postal code
    #[arg(long, value_parser = text::line)]
    postal_code: Option<String>,
    /// The website
    #[arg(long, value_parser = text::line)]
    url: Option<String>,
    /// Do nothing if a provider with this name exists
    #[arg(long)]
    if_not_exists: bool,
    /// Create it even if there is a provider with this name
    #[arg(long, conflicts_with = "if_not_exists")]
    even_so: bool,
}

pub(super) fn run(context: &Context, command: &Create) -> Result<()> {
    context.change("provider.create", Action::ChangeProviders, |tx| {
        if !command.even_so
            && let Some(same) = store::provider::of_name(tx, &command.name)?.into_iter().next()
        {
            return unless_exists(command, same);
        }
        let new = new(context, tx, command)?;
        insert(context, tx, &new)?;
        store::resource::index(tx, &[new.id])?;
        Ok(Change::created(new))
    })
}

/// Imports may contain two providers of one name; created by hand, the second is nearly always a mistake.
fn unless_exists(command: &Create, same: Provider) -> Result<Change<Provider>> {
    if command.if_not_exists {
        let why = format!("provider {} ({}) exists", same.code, same.name);
        return Ok(Change::unchanged(same).already(why));
    }
    let Provider { name, code, .. } = &same;
    Err(Error::refused("provider.exists", format!("there is a provider `{name}` already: {code}"))
        .hint("`caredesk provider edit` changes it, `--if-not-exists` leaves it, `--even-so` creates another")
        .detail("provider", code.clone()))
}

fn new(context: &Context, tx: &mut Tx<'_>, command: &Create) -> Result<Provider> {
    let id = context.key();
    let code = context.code(Prefix::Provider, |code| store::provider::is_code_taken(tx, code))?;
    Ok(Provider {
        email: command.email.clone(),
        phone: command.phone.clone(),
        url: command.url.clone(),
        postal_code: command.postal_code.clone(),
        ..Provider::named(id, code, command.name.clone())
    })
}
