//! Handing a message over: to a mail server, or into a folder. Knows nothing of care, and nothing of the database.
//!
//! Whoever hands over is asked for a *claim* at the last moment before the content leaves. Until then nothing has
//! happened; afterwards only a word of the other side says what did.

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
    /// Under which a folder keeps it.
    pub(crate) name: &'a str,
    pub(crate) from: &'a Address,
    pub(crate) to: &'a Address,
    pub(crate) bytes: &'a [u8],
}

/// What became of a parcel; with the words of the other side.
#[derive(Debug)]
pub(crate) enum Verdict {
    Delivered,
    /// The claim was denied: somebody else has it in hand. Nothing left.
    Unclaimed,
    Later(String),
    Never(String),
    /// The connection broke before the content left.
    Broken(String),
    /// It broke afterwards.
    Unknown(String),
}

/// Asked once, right before the content leaves; false or an error keeps it.
pub(crate) type Claim<'a> = &'a mut dyn FnMut() -> Result<bool>;

pub(crate) enum Mailer {
    SmtpMailer(Box<SmtpMailer>),
    MailFolder(MailFolder),
}

impl Mailer {
    /// Connects, or makes the folder, where that is still to be done. Busy where the server cannot be reached, environment
    /// where it does not let us in.
    pub(crate) fn ready(&mut self) -> Result<()> {
        match self {
            Mailer::SmtpMailer(server) => server.ready(),
            Mailer::MailFolder(folder) => folder.ready(),
        }
    }

    /// An error means that no content left, and that no other message would fare better.
    pub(crate) fn deliver(&mut self, mail: &OutgoingMail<'_>, claim: Claim<'_>) -> Result<Verdict> {
        match self {
            Mailer::SmtpMailer(server) => server.deliver(mail, claim),
            Mailer::MailFolder(folder) => folder.deliver(mail, claim),
        }
    }

    /// The longest that one delivery can take, in seconds.
    pub(crate) fn patience(&self) -> i64 {
        match self {
            Mailer::SmtpMailer(server) => server.patience(),
            Mailer::MailFolder(_) => 60,
        }
    }
}
