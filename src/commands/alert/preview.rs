//! `alert preview`: the mails as they would go now; nothing is sent or changed.

use chrono::TimeDelta;
use lettre::message::Mailbox;

use super::{delivery, route};
use crate::commands::prelude::*;
use crate::interchange::mail;
use crate::model::alert::MailView;

#[derive(Args)]
#[command(after_help = "\
Examples:
  $ caredesk alert preview
  $ caredesk alert preview rosa
  $ caredesk alert preview -o json --from 'The Hub <alerts@hub.example>'")]
pub(super) struct Preview {
    /// Only mails with an alert to this account
    #[arg(value_name = "LOGIN")]
    account: Option<Reference>,
    /// The sender [env: `CAREDESK_SMTP_FROM`; default: `alerts@localhost`]
    #[arg(long, value_name = "ADDRESS", value_parser = mail::sender)]
    from: Option<Mailbox>,
}

pub(super) fn run(context: &Context, command: &Preview) -> Result<()> {
    let sender = match route::sender(context, command.from.as_ref())? {
        Some(sender) => sender,
        None => mail::sender("alerts@localhost").map_err(Error::internal)?,
    };
    context.out.can_show::<MailView>()?;
    let mails = context.rehearse(|tx| {
        let account = command.account.as_ref();
        let account =
            account.map(|login| store::lookup::<Account>(tx, login, context.visibility())).transpose()?;
        let own = context.actor.is_portal().then(|| context.actor.account.login.clone());
        let login = account.map(|account| account.login).or(own);
        context.derive_alerts(tx)?;
        mails(context, tx, &sender, login.as_deref())
    })?;
    if !context.out.is_drawing() {
        return context.out.rows(mails, "");
    }
    if mails.is_empty() {
        context.out.note("no mail is due");
        return Ok(());
    }
    let text: Vec<&str> = mails.iter().map(|mail| mail.message.as_str()).collect();
    output::text(&text.join(&format!("\n{}\n\n", "-".repeat(72))))
}

fn mails(context: &Context, tx: &mut Tx<'_>, sender: &Mailbox, login: Option<&str>) -> Result<Vec<MailView>> {
    let mut mails = Vec::new();
    loop {
        let until = context.now() + TimeDelta::days(1);
        let mut alerts = delivery::taken(context, tx, context.key(), until)?;
        if alerts.is_empty() {
            return Ok(mails);
        }
        alerts.retain(|alert| alert.obstacle().is_none());
        let is_wanted = login.is_none_or(|login| alerts.iter().any(|alert| alert.account == login));
        // What cannot be sent at all `alert send` says.
        if let (true, Ok(letter)) =
            (is_wanted && !alerts.is_empty(), mail::letter(&alerts, sender, context.zone))
        {
            mails.push(MailView {
                to: letter.to.to_string(),
                alerts: alerts.into_iter().map(|alert| alert.code).collect(),
                message: String::from_utf8_lossy(&letter.bytes).replace("\r\n", "\n"),
                subject: letter.subject,
            });
        }
    }
}
