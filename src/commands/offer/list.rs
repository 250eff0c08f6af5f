//! `offer list`: what each provider was asked, over all packages.

use crate::commands::prelude::*;
use crate::model::package::{OfferLine, OfferStatus};
use crate::store::offer::Filter;

#[derive(Args)]
#[command(after_help = "\
Examples:
  $ caredesk offer list --status pending --oldest-first
  $ caredesk offer list --provider harbour --since 2026-01-01 -o csv")]
pub(super) struct List {
    /// Only offers in this status
    #[arg(long)]
    status: Option<OfferStatus>,
    /// Only offers to this provider
    #[arg(long, value_name = "PROVIDER")]
    provider: Option<Reference>,
    /// Only offers of this package
    #[arg(long, value_name = "PACKAGE")]
    package: Option<Reference>,
    /// Only those asked on or after this day
    #[arg(long, value_name = "DAY")]
    since: Option<Day>,
    /// The oldest first
    #[arg(long)]
    oldest_first: bool,
    /// The most to show [default: 100 on a terminal, else all]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(i64).range(1..))]
    limit: Option<i64>,
    /// Continue after this one, the last of the page before: a package, and which of its offers
    #[arg(long, value_name = "PACKAGE.N", value_parser = place)]
    after: Option<Place>,
}

/// Which offer of a package: `PKG-7K3M9Q.2`.
#[derive(Clone, Debug)]
struct Place {
    package: Reference,
    number: i64,
}

fn place(text: &str) -> Result<Place, String> {
    let wrong = || format!("`{text}` is no offer: write a package and a number, such as PKG-7K3M9Q.2");
    let (package, number) = text.rsplit_once('.').ok_or_else(wrong)?;
    let number = number.parse().map_err(|_| wrong())?;
    Ok(Place { package: package.parse()?, number })
}

pub(super) fn run(context: &Context, command: &List) -> Result<()> {
    let visibility = context.visibility();
    context.list("no such offers", |tx, list| {
        let provider = store::lookup_id::<Provider>(tx, command.provider.as_ref(), visibility)?;
        let package = store::lookup_id::<Package>(tx, command.package.as_ref(), visibility)?;
        let since = command.since.map(|day| time::start_of(day.resolve_past(context.today), context.zone));
        let since = since.transpose().map_err(|why| Error::invalid("offer.since", why))?;
        let start = command.after.as_ref().map(|place| start(context, tx, place)).transpose()?;
        let filter = Filter {
            status: command.status,
            provider,
            package,
            since,
            oldest_first: command.oldest_first,
            ..Filter::default()
        };
        let page = |after: Option<&OfferLine>, limit| {
            let after = after.map(|offer| offer.id);
            store::offer::list(tx, &Filter { after, ..filter }, visibility, limit)
        };
        context.out.pages(command.limit, start, list, page, |offer| shown(context, offer))
    })
}

/// The last offer of the page before.
fn start(context: &Context, tx: &mut Tx<'_>, place: &Place) -> Result<OfferLine> {
    let package = store::lookup::<Package>(tx, &place.package, context.visibility())?;
    let filter = Filter { package: Some(package.id), ..Filter::default() };
    let offers = store::offer::list(tx, &filter, context.visibility(), i64::MAX)?;
    let code = format!("{}.{}", package.code, place.number);
    offers.into_iter().find(|offer| offer.code == code).ok_or_else(|| {
        Error::not_found("offer.not_found", format!("there is no offer `{code}`")).hint(format!(
            "`caredesk offer list --package {} --columns code,provider` shows them",
            package.code
        ))
    })
}

fn shown(context: &Context, offer: &OfferLine) -> OfferLine {
    let offer = offer.clone().waiting(context.now());
    if context.actor.is_portal() { offer.for_provider() } else { offer }
}
