//! `offer list`: what each provider was asked, over all packages.

use crate::commands::prelude::*;
use crate::model::package::{OfferLine, OfferStatus};
use crate::output::Sorting;
use crate::store::offer::Filter;

#[derive(Args)]
#[command(after_help = "\
Examples:
  $ caredesk offer list --status pending --older-than 4h --oldest-first
  $ caredesk offer list --provider harbour --since 2026-01-01 -o csv")]
pub(super) struct List {
    /// Only offers in this status; with several, in any of them
    #[arg(long)]
    status: Vec<OfferStatus>,
    /// Only offers to this provider; with several, to any of them
    #[arg(long, value_name = "PROVIDER")]
    provider: Vec<Reference>,
    /// Only offers of this package; with several, of any of them
    #[arg(long, value_name = "PACKAGE")]
    package: Vec<Reference>,
    /// Only of this client; with several, of any of them
    #[arg(long, value_name = "CLIENT", conflicts_with = "package")]
    client: Vec<Reference>,
    #[command(flatten)]
    aged: Aged,
    /// The oldest first
    #[arg(long)]
    oldest_first: bool,
    /// The most to show [default: 100 on a terminal, else all]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(i64).range(1..))]
    limit: Option<i64>,
    /// Continue after this one, the last of the page before: a package, and which of its offers
    #[arg(long, value_name = "PACKAGE.N", value_parser = place)]
    after: Option<Place>,
    #[command(flatten)]
    sorting: Sorting,
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
        list.turns_by_age();
        let filters = filters(context, tx, command)?;
        let start = command.after.as_ref().map(|place| start(context, tx, place)).transpose()?;
        let page = |after: Option<&OfferLine>, limit| {
            let after = after.map(|offer| offer.id);
            let page =
                |filter: &Filter| store::offer::list(tx, &Filter { after, ..*filter }, visibility, limit);
            store::any_of(&filters, |offer| offer.id, command.oldest_first, limit, page)
        };
        let page_of = Page::of(command.limit, command.sorting.clone());
        context.out.pages(&page_of, start, list, page, |offer| shown(context, offer))
    })
}

/// One for each combination of what may be given several times.
fn filters(context: &Context, tx: &mut Tx<'_>, command: &List) -> Result<Vec<Filter>> {
    let visibility = context.visibility();
    let providers = store::lookup_ids::<Provider>(tx, &command.provider, visibility)?;
    let mut packages = store::lookup_ids::<Package>(tx, &command.package, visibility)?;
    let clients = store::lookup_ids::<Client>(tx, &command.client, visibility)?;
    for client in &clients {
        packages.extend(store::package::of_client(tx, *client)?);
    }
    if packages.is_empty() && !clients.is_empty() {
        return Ok(Vec::new());
    }
    let (since, until) = command.aged.instants(context, "offer.since")?;
    let common = Filter { since, until, oldest_first: command.oldest_first, ..Filter::default() };
    let filters =
        store::each(&[common], &command.status, |one, status| Filter { status: Some(status), ..one });
    let filters = store::each(&filters, &providers, |one, to| Filter { provider: Some(to), ..one });
    Ok(store::each(&filters, &packages, |one, package| Filter { package: Some(package), ..one }))
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
