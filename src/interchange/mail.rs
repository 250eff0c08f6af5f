//! Writes the e-mail of an alert (RFC 5322, MIME and RFC 3834). It names a contact number, a resource and a
//! queue, and the command to look; nothing in it is about the client (rule 2.9). One message has one
//! recipient.

use chrono::{DateTime, Utc};
use lettre::Address;
use lettre::message::header::{ContentType, HeaderName, HeaderValue};
use lettre::message::{Mailbox, Message};
use sha2::{Digest, Sha256};

use crate::model::alert::Alert;
use crate::model::audit::hex;
use crate::model::id::AlertId;

/// A message to deliver; every attempt has the same bytes.
#[derive(Debug)]
pub(crate) struct Letter {
    pub(crate) from: Address,
    pub(crate) to: Address,
    pub(crate) bytes: Vec<u8>,
}

/// `alerts@hub.example`, or `The Hub <alerts@hub.example>`.
pub(crate) fn sender(text: &str) -> Result<Mailbox, String> {
    text.trim()
        .parse()
        .map_err(|_| format!("`{text}` is not a sender, such as `The Hub <alerts@hub.example>`"))
}

/// An error message if mail cannot be sent to the address of the account.
pub(crate) fn alert(alert: &Alert, from: &Mailbox) -> Result<Letter, String> {
    let email = alert.email.as_deref().unwrap_or_default();
    let to: Address = email.parse().map_err(|error| format!("not an address that mail goes to: {error}"))?;
    let message = Message::builder()
        .from(from.clone())
        .to(Mailbox::new(None, to.clone()))
        .subject(format!("A referral was assigned to {}: {}", one_line(&alert.resource_name), subject(alert)))
        .date(sent(alert.queued_at))
        .message_id(Some(message_id(&alert.code, alert.id)))
        .raw_header(HeaderValue::new(
            HeaderName::new_from_ascii_str("Auto-Submitted"),
            "auto-generated".to_owned(),
        ))
        .header(ContentType::TEXT_PLAIN)
        .body(body(alert))
        .map_err(|error| format!("the message cannot be built: {error}"))?;
    Ok(Letter { from: from.email.clone(), to, bytes: message.formatted() })
}

/// The number of the contact; without one, the code of the referral.
fn subject(alert: &Alert) -> String {
    match &alert.contact_number {
        Some(number) => format!("contact {}", one_line(number)),
        None => alert.referral.clone(),
    }
}

fn body(alert: &Alert) -> String {
    let contact = match &alert.contact_number {
        Some(number) => format!("Contact:   {}\n", one_line(number)),
        None => String::new(),
    };
    format!(
        "A referral was assigned to {resource}.\n\n\
         {contact}Referral:  {referral}\n\
         Queue:     {queue}\n\n\
         Look it up with\n\n    caredesk referral show {referral}\n\n\
         -- \n\
         This message was written by caredesk, and is about {code}.\n\
         Such messages end with `caredesk account alerts LOGIN off`.\n",
        resource = one_line(&alert.resource_name),
        referral = alert.referral,
        queue = one_line(&alert.queue),
        code = alert.code,
    )
}

/// The instant of the assignment, whenever it is sent: `Date` and `Message-ID` identify a second copy.
fn sent(at: DateTime<Utc>) -> std::time::SystemTime {
    at.into()
}

/// Derived from the alert alone, so that it stays the same between attempts, whatever the sender. It does not
/// reveal the row id.
fn message_id(code: &str, id: AlertId) -> String {
    let digest = hex(&Sha256::digest(id.uuid().as_bytes()));
    format!("<{code}.{}@alert.caredesk>", digest.get(..20).unwrap_or_default())
}

/// Names come from imports too, and a line break in one must not start a header.
fn one_line(text: &str) -> String {
    let plain: String = text.chars().map(|letter| if letter.is_control() { ' ' } else { letter }).collect();
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}
