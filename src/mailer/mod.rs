//! Delivers messages to a mail server or into a folder. Knows nothing of care or of the database.
//!
//! The caller is asked for a *claim* just before the content is sent. Until then nothing has happened;
//! afterwards only the reply of the server says what did.

mod address;
mod folder;
mod smtp;

use lettre::Address;

pub(crate) use address::SmtpAddress;
pub(crate) use folder::MailFolder;
pub(crate) use smtp::SmtpMailer;

use crate::error::Result;

/// One message to one recipient.
pub(crate) struct OutgoingMail<'a> {
    /// The name of its file in a folder.
    pub(crate) name: &'a str,
    pub(crate) from: &'a Address,
    pub(crate) to: &'a Address,
    pub(crate) bytes: &'a [u8],
}

/// The result of a delivery, with the reply of the server.
#[derive(Debug)]
pub(crate) enum Verdict {
    Delivered,
    /// The claim was denied: another run delivers it. Nothing was sent.
    Unclaimed,
    Later(String),
    Never(String),
    /// The connection broke before the content was sent.
    Broken(String),
    /// The connection broke after the content was sent.
    Unknown(String),
}

/// Called once, just before the content is sent; false or an error prevents that.
pub(crate) type Claim<'a> = &'a mut dyn FnMut() -> Result<bool>;

pub(crate) enum Mailer {
    SmtpMailer(Box<SmtpMailer>),
    MailFolder(MailFolder),
}

impl Mailer {
    /// Connects, or creates the folder, if not done before. Errors: busy if the server cannot be reached,
    /// environment if it denies the login.
    pub(crate) fn ready(&mut self) -> Result<()> {
        match self {
            Mailer::SmtpMailer(server) => server.ready(),
            Mailer::MailFolder(folder) => folder.ready(),
        }
    }

    /// An error means that nothing was sent, and that every other message would fail too.
    pub(crate) fn deliver(&mut self, mail: &OutgoingMail<'_>, claim: Claim<'_>) -> Result<Verdict> {
        match self {
            Mailer::SmtpMailer(server) => server.deliver(mail, claim),
            Mailer::MailFolder(folder) => folder.deliver(mail, claim),
        }
    }

    /// The maximum duration of one delivery, in seconds.
    pub(crate) fn patience(&self) -> i64 {
        match self {
            Mailer::SmtpMailer(server) => server.patience(),
            Mailer::MailFolder(_) => 60,
        }
    }
}
