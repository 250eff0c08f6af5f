//! `provider edit`: its name and how to reach it.

use super::change;
use crate::commands::prelude::*;

#[derive(Args)]
#[command(after_help = "\
Examples:
  $ caredesk provider edit harbour --phone \"01632 960113\"
  $ caredesk provider edit harbour --url none")]
pub(super) struct Edit {
    /// Code or name (or the beginning of either)
    provider: Reference,
    #[command(flatten)]
    fields: Fields,
}

#[derive(Args)]
#[group(required = true, multiple = true)]
struct Fields {
    /// The new name
    #[arg(long, value_parser = edit::never_none(text::name))]
    name: Option<String>,
    /// The e-mail address
    #[arg(long, value_parser = edit::or_none(text::email))]
    email: Option<edit::Edit<String>>,
    /// The phone number
    #[arg(long, value_parser = edit::or_none(text::line))]
    phone: Option<edit::Edit<String>>,
    /// The postal code
    #[arg(long, value_parser = edit::or_none(text::line))]
    postal_code: Option<edit::Edit<String>>,
    /// The website
    #[arg(long, value_parser = edit::or_none(text::line))]
    url: Option<edit::Edit<String>>,
}

pub(super) fn run(context: &Context, command: &Edit) -> Result<()> {
    let fields = &command.fields;
    change(context, &command.provider, "provider.edit", |was| Provider {
        name: fields.name.clone().unwrap_or(was.name),
        email: edit::apply(fields.email.as_ref(), was.email),
        phone: edit::apply(fields.phone.as_ref(), was.phone),
        postal_code: edit::apply(fields.postal_code.as_ref(), was.postal_code),
        url: edit::apply(fields.url.as_ref(), was.url),
        ..was
    })
}
