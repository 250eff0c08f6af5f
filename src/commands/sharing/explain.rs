//! `sharing explain`: why a provider sees or does not see one type of a client's records at another (rule 3.9).

use chrono::TimeDelta;

use super::speaks_for;
use crate::commands::prelude::*;
use crate::model::sharing::DataType;
use crate::model::sharing::explain::{self, Explanation, Party, Question, Side};
use crate::model::time::Moment;
use crate::store::provider::Partner;
use crate::store::sharing::ExplainQuery;

#[derive(Args)]
#[command(after_help = "\
Examples:
  $ caredesk sharing explain \"Ada Moss\" --owner oak --recipient harbour --type services
  $ caredesk sharing explain ada --owner oak --recipient elm --type clinical --at 2026-11-17
  $ caredesk sharing explain ada --owner oak --recipient elm --type clinical --at \"2026-11-17 14:30\"

A day means its end; today means now. A time in the future is explained as things are now. A provider sees its own side: of \
  the other, only what follows from its answer.")]
pub(super) struct Explain {
    /// The client: code, id or name (or the beginning of a code or name)
    client: Reference,
    /// The provider whose records they are
    #[arg(long, value_name = "PROVIDER")]
    owner: Reference,
    /// The provider that can or cannot see them
    #[arg(long, value_name = "PROVIDER")]
    recipient: Reference,
    /// The type of data
    #[arg(long = "type", value_name = "TYPE")]
    data_type: DataType,
    /// Explain the situation at this time: a day, or a day and a time [default: now]
    #[arg(long, value_name = "TIME", allow_hyphen_values = true)]
    at: Option<At>,
}

#[derive(Clone, Copy)]
enum At {
    Day(Day),
    Moment(Moment),
}

impl std::str::FromStr for At {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let day = text.parse::<Day>().map(At::Day);
        day.or_else(|_| text.parse::<Moment>().map(At::Moment)).map_err(|_| {
            format!("`{text}` is neither a day nor a moment: write 2026-11-17, yesterday, -3d or \"2026-11-17 14:30\"")
        })
    }
}

pub(super) fn run(context: &Context, command: &Explain) -> Result<()> {
    let (at, day) = resolved(context, command.at)?;
    let explanation = context.read(|tx| {
        let (client, owner, recipient) = parties(context, tx, command)?;
        if owner.id == recipient.id {
            return Err(own(&owner));
        }
        let side = side(context, tx, command, (owner.id, recipient.id))?;
        let data_type = command.data_type;
        let case =
            ExplainQuery { client: client.id, owner: owner.id, recipient: recipient.id, data_type, at, day };
        let question = Question {
            client: Party { name: client.full_name(), code: client.code },
            owner: Party { code: owner.code, name: owner.name },
            recipient: Party { code: recipient.code, name: recipient.name },
            data_type,
            at,
            day,
            now: context.now(),
            zone: context.zone,
            side,
        };
        explain::explain(&question, &store::sharing::facts(tx, &case)?)
    })?;
    show(context, &explanation)
}

fn show(context: &Context, explanation: &Explanation) -> Result<()> {
    context.out.show(explanation, || Some(output::explanation::card(explanation, &context.out)))
}

fn parties(context: &Context, tx: &mut Tx<'_>, command: &Explain) -> Result<(Client, Provider, Provider)> {
    let visibility = context.visibility();
    Ok((
        store::lookup::<store::client::KnownClient>(tx, &command.client, visibility)?,
        store::lookup::<Partner>(tx, &command.owner, visibility)?,
        store::lookup::<Partner>(tx, &command.recipient, visibility)?,
    ))
}

/// A portal account sees its own side. What is between two others does not concern it.
fn side(
    context: &Context, tx: &mut Tx<'_>, command: &Explain, (owner, recipient): (ProviderId, ProviderId),
) -> Result<Side> {
    match (speaks_for(context, tx, owner)?, speaks_for(context, tx, recipient)?) {
        (true, true) => Ok(Side::Both),
        (true, false) => Ok(Side::Owner),
        (false, true) => Ok(Side::Recipient),
        (false, false) => {
            store::lookup::<Provider>(tx, &command.owner, context.visibility()).map(|_| Side::Both)
        }
    }
}

fn own(provider: &Provider) -> Error {
    Error::refused("sharing.same", format!("`{}` sees its own records in any case", provider.name))
        .hint("`--owner` is whose records they are, `--recipient` another provider that may see them")
}

/// The instant and its local day. A day means its last millisecond.
fn resolved(context: &Context, at: Option<At>) -> Result<(DateTime<Utc>, NaiveDate)> {
    let invalid = |why: String| Error::invalid("sharing.at", why);
    let at = match at {
        None => context.now(),
        Some(At::Moment(moment)) => moment.resolve(context.today, context.zone).map_err(invalid)?,
        Some(At::Day(day)) if day.resolve(context.today) == context.today => context.now(),
        Some(At::Day(day)) => {
            let next = day.resolve(context.today).succ_opt().unwrap_or(context.today);
            time::start_of(next, context.zone).map_err(invalid)? - TimeDelta::milliseconds(1)
        }
    };
    Ok((at, at.with_timezone(&context.zone).date_naive()))
}
