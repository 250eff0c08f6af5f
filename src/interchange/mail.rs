//! E-mail: the message that an alert becomes, by RFC 5322, MIME and RFC 3834. It names a contact number, a resource and a
//! queue, and says how to look; nothing in it is about the client (rule 2.9). One message has one recipient.

use chrono::{DateTime, Utc};
use lettre::Address;
use lettre::message::header::{ContentType, HeaderName, HeaderValue};
use lettre::message::{Mailbox, Message};
use sha2::{Digest, Sha256};

use crate::model::alert::Alert;
use crate::model::audit::hex;
use crate::model::id::AlertId;

/// A message ready to be handed over, in the same bytes however often it is made.
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

/// Fails, in words, where the address of the account is none that mail can be sent to.
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
        .map_err(|error| format!("the message cannot be made: {error}"))?;
    Ok(Letter { from: from.email.clone(), to, bytes: message.formatted() })
}

/// What people quote: the number of the contact; of a referral without one, its own code.
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

/// The instant of the assignment, whenever it is sent: a second copy is told by its `Date` and `Message-ID` to be one.
fn sent(at: DateTime<Utc>) -> std::time::SystemTime {
    at.into()
}

/// From the alert alone, so that it stays the same from attempt to attempt, whatever the sender is called by then. The row
/// id itself is nobody's business.
fn message_id(code: &str, id: AlertId) -> String {
    let digest = hex(&Sha256::digest(id.uuid().as_bytes()));
    format!("<{code}.{}@alert.caredesk>", digest.get(..20).unwrap_or_default())
}

/// Names come from imports too, and a line break in one must not begin a header.
fn one_line(text: &str) -> String {
    let plain: String = text.chars().map(|letter| if letter.is_control() { ' ' } else { letter }).collect();
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}
