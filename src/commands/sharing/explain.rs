//! `sharing explain`: why a provider sees or does not see the records of a client at another (rule 3.9).

use super::speaks_for;
use crate::commands::prelude::*;
use crate::model::as_of::AsOf;
use crate::model::client::ClientStatus;
use crate::model::sharing::DataType;
use crate::model::sharing::explain::{self, Explanation, ExplanationLine, Party, Question, Side};
use crate::store::client::KnownClient;
use crate::store::provider::Partner;
use crate::store::sharing::{ExplainQuery, LinkFilter};

#[derive(Args)]
#[command(after_help = "\
Examples:
  $ caredesk sharing explain \"Ada Moss\" --owner oak --recipient harbour \\
      --type services
  $ caredesk sharing explain ada --owner oak --recipient elm --type clinical \\
      --at 2026-11-17
  $ caredesk sharing explain ada --owner oak --recipient elm --type clinical \\
      --at \"2026-11-17 14:30\"
  $ caredesk sharing explain ada --type services

With owner, recipient and type it goes through the rules one by one, each with the command that helps; otherwise each pair of \
  providers for which it matters has a line. A day means its end; today means now. A time in the future is explained as things \
  are now. A provider sees its own side: of the other, only what follows from its answer.")]
pub(super) struct Explain {
    /// The client: code, id or name (or the beginning of a code or name)
    client: Reference,
    /// The provider whose records they are
    #[arg(long, value_name = "PROVIDER")]
    owner: Option<Reference>,
    /// The provider that can or cannot see them
    #[arg(long, value_name = "PROVIDER")]
    recipient: Option<Reference>,
    /// The type of data
    #[arg(long = "type", value_name = "TYPE")]
    data_type: Option<DataType>,
    /// Explain the situation at this time: a day, or a day and a time [default: now]
    #[arg(long, value_name = "TIME", allow_hyphen_values = true)]
    at: Option<AsOf>,
}

/// Whose records, who would see them, and of which type.
struct Case<'a> {
    client: &'a Client,
    owner: Provider,
    recipient: Provider,
    data_type: DataType,
    at: DateTime<Utc>,
    day: NaiveDate,
}

pub(super) fn run(context: &Context, command: &Explain) -> Result<()> {
    let (at, day) = resolved(context, command.at)?;
    match (&command.owner, &command.recipient, command.data_type) {
        (Some(owner), Some(recipient), Some(data_type)) => {
            one(context, command, (owner, recipient, data_type), (at, day))
        }
        _ => all(context, command, (at, day)),
    }
}

fn one(
    context: &Context, command: &Explain, (owner, recipient, data_type): (&Reference, &Reference, DataType),
    (at, day): (DateTime<Utc>, NaiveDate),
) -> Result<()> {
    let visibility = context.visibility();
    let explanation = context.read(|tx| {
        let client = store::lookup::<KnownClient>(tx, &command.client, visibility)?;
        client.must_be_known()?;
        let found = store::lookup::<Partner>(tx, owner, visibility)?;
        let recipient = store::lookup::<Partner>(tx, recipient, visibility)?;
        if found.id == recipient.id {
            return Err(own(&found));
        }
        let Some(side) = side(context, tx, (found.id, recipient.id))? else {
            // What is between two others does not concern it.
            return Err(store::lookup::<Provider>(tx, owner, visibility)
                .err()
                .unwrap_or_else(|| own(&found)));
        };
        explained(context, tx, Case { client: &client, owner: found, recipient, data_type, at, day }, side)
    })?;
    context.out.show(&explanation, || Some(output::explanation::card(&explanation, &context.out)))
}

/// One line for each pair of providers and type of data for which it matters.
fn all(context: &Context, command: &Explain, (at, day): (DateTime<Utc>, NaiveDate)) -> Result<()> {
    let visibility = context.visibility();
    context.list::<ExplanationLine>(
        "no provider could share anything of this client with another",
        |tx, list| {
            let client = store::lookup::<KnownClient>(tx, &command.client, visibility)?;
            client.must_be_known()?;
            let filter = LinkFilter {
                owner: store::lookup_id::<Partner>(tx, command.owner.as_ref(), visibility)?,
                recipient: store::lookup_id::<Partner>(tx, command.recipient.as_ref(), visibility)?,
                data_type: command.data_type,
                provider: None,
            };
            for (owner, recipient, data_type) in store::sharing::pairs(tx, client.id, &filter, visibility)? {
                let Some(side) = side(context, tx, (owner, recipient))? else { continue };
                let mut named = |id| store::by_id::<Partner>(tx, id, visibility);
                let (Some(owner), Some(recipient)) = (named(owner)?, named(recipient)?) else { continue };
                let case = Case { client: &client, owner, recipient, data_type, at, day };
                if !list.row(&explained(context, tx, case, side)?.into())? {
                    break;
                }
            }
            Ok(())
        },
    )
}

fn explained(context: &Context, tx: &mut Tx<'_>, case: Case<'_>, side: Side) -> Result<Explanation> {
    let Case { client, owner, recipient, data_type, at, day } = case;
    let query =
        ExplainQuery { client: client.id, owner: owner.id, recipient: recipient.id, data_type, at, day };
    let question = Question {
        client: Party { name: client.full_name().into_text(), code: client.code.clone() },
        owner: Party { code: owner.code, name: owner.name },
        recipient: Party { code: recipient.code, name: recipient.name },
        data_type,
        at,
        day,
        now: context.now(),
        zone: context.zone,
        side,
        actor: context.actor.clone(),
        is_deceased: client.status == ClientStatus::Deceased,
    };
    explain::explain(&question, &store::sharing::facts(tx, &query)?)
}

/// A portal account sees its own side; none where it is neither.
fn side(
    context: &Context, tx: &mut Tx<'_>, (owner, recipient): (ProviderId, ProviderId),
) -> Result<Option<Side>> {
    Ok(match (speaks_for(context, tx, owner)?, speaks_for(context, tx, recipient)?) {
        (true, true) => Some(Side::Both),
        (true, false) => Some(Side::Owner),
        (false, true) => Some(Side::Recipient),
        (false, false) => None,
    })
}

fn own(provider: &Provider) -> Error {
    Error::refused("sharing.same", format!("`{}` sees its own records in any case", provider.name))
        .hint("`--owner` is whose records they are, `--recipient` another provider that may see them")
}

/// The instant and its local day.
fn resolved(context: &Context, at: Option<AsOf>) -> Result<(DateTime<Utc>, NaiveDate)> {
    let now = context.now();
    context.say_which(at.and_then(|at| at.twice(context.today, context.zone)));
    let at = at.map_or(Ok(now), |at| at.resolve(now, context.today, context.zone));
    let at = at.map_err(|why| Error::invalid("sharing.at", why))?;
    Ok((at, at.with_timezone(&context.zone).date_naive()))
}
