//! How alerts are sent: which server or folder, and from which address.

use std::path::PathBuf;
use std::time::Duration;

use lettre::message::Mailbox;

use crate::commands::prelude::*;
use crate::interchange::mail;
use crate::mailer::{MailFolder, Mailer, SmtpAddress, SmtpMailer};

#[derive(Args)]
pub(super) struct Route {
    /// The mail server, such as `smtp://localhost` or `smtps://user:password@host` [env: `CAREDESK_SMTP`]
    #[arg(long, value_name = "URL", conflicts_with_all = ["smtp_file", "dir"])]
    smtp: Option<String>,
    /// Read the address of the mail server from the first line of this file, which keeps its password off the command line
    #[arg(long, value_name = "FILE", conflicts_with = "dir")]
    smtp_file: Option<Input>,
    /// Write each message to this folder instead, as ALT-….eml; created if it does not exist
    #[arg(long, value_name = "DIR")]
    dir: Option<PathBuf>,
    /// The sender: an address, or `The Hub <alerts@hub.example>` [env: `CAREDESK_SMTP_FROM`]
    #[arg(long, value_name = "ADDRESS", value_parser = mail::sender)]
    from: Option<Mailbox>,
    /// How long to wait for each reply of the mail server; for the last one ten times as long
    #[arg(long, value_name = "SECONDS", default_value_t = 60, value_parser = clap::value_parser!(u64).range(1..=3_600))]
    timeout: u64,
}

impl Route {
    pub(super) fn sender(&self, context: &Context) -> Result<Mailbox> {
        sender(context, self.from.as_ref())?.ok_or_else(|| {
            Error::new(Kind::Usage, "usage.sender", "the messages need a sender")
                .hint("name one with `--from`, or set CAREDESK_SMTP_FROM")
        })
    }

    /// Neither connects nor creates a folder yet.
    pub(super) fn mailer(&self, context: &Context) -> Result<Mailer> {
        if let Some(folder) = &self.dir {
            return Ok(Mailer::MailFolder(MailFolder::new(folder, context.overwrite)));
        }
        let address = self.address(context)?;
        Ok(Mailer::SmtpMailer(Box::new(SmtpMailer::new(address, Duration::from_secs(self.timeout)))))
    }

    fn address(&self, context: &Context) -> Result<SmtpAddress> {
        if let Some(address) = &self.smtp {
            let address: SmtpAddress = address.parse()?;
            if address.has_password() {
                context.out.warn("a password on the command line can be read by others on this machine; `--smtp-file` or CAREDESK_SMTP keep it to yourself");
            }
            return Ok(address);
        }
        if let Some(file) = &self.smtp_file {
            return file.password()?.trim().parse();
        }
        let Some(address) = &context.mail_settings.server else {
            return Err(Error::new(Kind::Usage, "usage.mail_server", "there is no mail server to send by")
                .hint(
                    "name one with `--smtp`, `--smtp-file` or CAREDESK_SMTP, or write files with `--dir`",
                ));
        };
        address.parse()
    }
}

/// The one that was given, else that of the environment.
pub(super) fn sender(context: &Context, given: Option<&Mailbox>) -> Result<Option<Mailbox>> {
    let (Some(from), None) = (&context.mail_settings.from, given) else { return Ok(given.cloned()) };
    let sender = mail::sender(from).map_err(|why| {
        Error::new(Kind::Usage, "usage.sender", why).hint("it is in the variable CAREDESK_SMTP_FROM")
    })?;
    Ok(Some(sender))
}
