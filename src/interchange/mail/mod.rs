//! Writes e-mails of alerts (RFC 5322, MIME and RFC 3834), each to one address with all that is due to it. Nothing in them is about
//! a client (rule 2.9). A single alert is plain text; several come with a table in HTML beside it.

mod digest;
mod news;

use chrono::{DateTime, Utc};
use lettre::Address;
use lettre::message::header::{ContentType, HeaderName, HeaderValue, MIME_VERSION_1_0};
use lettre::message::{Mailbox, Message, MultiPart, MultiPartKind, SinglePart};
use sha2::{Digest, Sha256};
use url::Host;

use self::news::News;
use crate::model::alert::Alert;
use crate::model::audit::hex;
use crate::model::zone::Zone;

/// A message to deliver; every attempt has the same bytes.
#[derive(Debug)]
pub(crate) struct Letter {
    pub(crate) from: Address,
    pub(crate) to: Address,
    pub(crate) subject: String,
    pub(crate) bytes: Vec<u8>,
}

/// `alerts@hub.example`, or `The Hub <alerts@hub.example>`.
pub(crate) fn sender(text: &str) -> Result<Mailbox, String> {
    let wrong = || format!("`{text}` is not a sender, such as `The Hub <alerts@hub.example>`");
    let sender: Mailbox = text.trim().parse().map_err(|_| wrong())?;
    Ok(Mailbox::new(sender.name, ascii(sender.email).map_err(|_| wrong())?))
}

/// An error message if mail cannot be sent to the address of the account. There is one alert at least, and all are to one address.
/// Times are those of `zone`.
pub(crate) fn letter(alerts: &[Alert], from: &Mailbox, zone: Zone) -> Result<Letter, String> {
    let email = alerts.first().and_then(|alert| alert.email.as_deref()).unwrap_or_default();
    let wrong = |error: lettre::address::AddressError| format!("not an address that mail goes to: {error}");
    let to = email.parse().and_then(ascii).map_err(wrong)?;
    let news: Vec<News> = alerts.iter().map(|alert| News::of(alert, zone)).collect();
    let subject = digest::subject(&news);
    let builder = Message::builder()
        .from(from.clone())
        .to(Mailbox::new(None, to.clone()))
        .subject(subject.clone())
        .date(date(alerts).into())
        .message_id(Some(format!("<{}@alert.caredesk>", name(alerts))))
        .header(MIME_VERSION_1_0)
        .raw_header(HeaderValue::new(
            HeaderName::new_from_ascii_str("Auto-Submitted"),
            "auto-generated".to_owned(),
        ));
    let text = digest::text(&news);
    let message = match news.as_slice() {
        [_] => builder.header(ContentType::TEXT_PLAIN).body(text),
        several => {
            let part = |kind, text: String| SinglePart::builder().header(kind).body(text);
            let parts = MultiPart::builder()
                .kind(MultiPartKind::Alternative)
                // The same in every attempt.
                .boundary(name(alerts))
                .singlepart(part(ContentType::TEXT_PLAIN, text))
                .singlepart(part(ContentType::TEXT_HTML, digest::html(several)));
            builder.multipart(parts)
        }
    };
    let message = message.map_err(|error| format!("the message cannot be built: {error}"))?;
    Ok(Letter { from: from.email.clone(), to, subject, bytes: message.formatted() })
}

/// A domain beyond ASCII in the form that every mail server takes (RFC 5891).
fn ascii(address: Address) -> Result<Address, lettre::address::AddressError> {
    if address.domain().is_ascii() {
        return Ok(address);
    }
    match Host::parse(address.domain()) {
        Ok(Host::Domain(domain)) => Address::new(address.user(), domain),
        _ => Err(lettre::address::AddressError::InvalidDomain),
    }
}

/// When the last of them was queued, whenever it is sent: `Date` and `Message-ID` identify a second copy.
fn date(alerts: &[Alert]) -> DateTime<Utc> {
    alerts.iter().map(|alert| alert.queued_at).max().unwrap_or_default()
}

/// Derived from the alerts alone, so that it stays the same between attempts, whatever the sender. It does not
/// reveal the row ids.
fn name(alerts: &[Alert]) -> String {
    let mut hasher = Sha256::new();
    for alert in alerts {
        hasher.update(alert.id.uuid().as_bytes());
    }
    let digest = hex(&hasher.finalize());
    let code = alerts.first().map_or("", |alert| alert.code.as_str());
    format!("{code}.{}", digest.get(..20).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    // Rule 2.9: a domain in letters beyond ASCII becomes what every server knows.
    #[test]
    fn domains_go_out_in_ascii() {
        let address = |text: &str| ascii(text.parse().unwrap()).unwrap().to_string();
        assert_eq!(address("rosa@sued.example"), "rosa@sued.example");
        assert_eq!(address("rosa@süd.example"), "rosa@xn--sd-xka.example");
        assert_eq!(sender("Das Haus <hub@süd.example>").unwrap().email.to_string(), "hub@xn--sd-xka.example");
    }
}
