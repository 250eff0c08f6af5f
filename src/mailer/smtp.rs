//! Delivers by SMTP (RFC 5321), many messages on one connection.

use anyhow::Context as _;
use std::time::Duration;

use lettre::Address;
use lettre::transport::smtp::Error as SmtpError;
use lettre::transport::smtp::authentication::{Credentials, Mechanism};
use lettre::transport::smtp::client::{
    Certificate, CertificateStore, SmtpConnection, TlsParameters, TlsParametersBuilder,
};
use lettre::transport::smtp::commands::{Data, Mail, Rcpt, Rset};
use lettre::transport::smtp::extension::{ClientId, Extension, MailParameter};

use super::address::{Encryption, SmtpAddress};
use super::{Claim, OutgoingMail, Verdict};
use crate::error::{Error, Kind, Result};

pub(crate) struct SmtpMailer {
    address: SmtpAddress,
    /// The timeout of each reply but the last.
    timeout: Duration,
    connection: Option<SmtpConnection>,
}

/// The timeout of the last reply: the server inspects the message first (RFC 5321, 4.5.3.2.6).
const LAST_ANSWER: u32 = 10;
/// Retries, for a server that is just starting.
const PAUSES: [u64; 2] = [200, 1_000];

impl SmtpMailer {
    pub(crate) fn new(address: SmtpAddress, timeout: Duration) -> Self {
        SmtpMailer { address, timeout, connection: None }
    }

    /// Without connecting, greeting and login: sender, recipient, `DATA`, the content and its reply.
    pub(super) fn patience(&self) -> i64 {
        i64::try_from(self.timeout.as_secs()).unwrap_or(i64::MAX / 1_000) * (i64::from(LAST_ANSWER) + 5) + 60
    }

    pub(super) fn ready(&mut self) -> Result<()> {
        if self.connection.is_some() {
            return Ok(());
        }
        let mut pauses = PAUSES.into_iter();
        loop {
            match self.connect() {
                Ok(connection) => {
                    self.connection = Some(connection);
                    return Ok(());
                }
                Err(error) if error.kind() == Kind::Busy => match pauses.next() {
                    Some(pause) => std::thread::sleep(Duration::from_millis(pause)),
                    None => return Err(error),
                },
                Err(error) => return Err(error),
            }
        }
    }

    fn connect(&self) -> Result<SmtpConnection> {
        let (address, hello) = (&self.address, ClientId::default());
        let tls = match address.encryption {
            Encryption::Off => None,
            Encryption::StartTls | Encryption::Wrapped => Some(self.tls()?),
        };
        let wrapped = tls.as_ref().filter(|_| address.encryption == Encryption::Wrapped);
        let server = (address.host.as_str(), address.port);
        let mut connection = SmtpConnection::connect(server, Some(self.timeout), &hello, wrapped, None)
            .map_err(|error| self.unreachable(&error))?;
        if let Some(tls) = tls.as_ref().filter(|_| wrapped.is_none()) {
            if !connection.can_starttls() {
                return Err(self.plain());
            }
            connection.starttls(tls, &hello).map_err(|error| self.unreachable(&error))?;
        }
        self.log_in(&mut connection)?;
        Ok(connection)
    }

    fn tls(&self) -> Result<TlsParameters> {
        let builder = TlsParametersBuilder::new(self.address.host.clone());
        let builder = match &self.address.authorities {
            None => builder.certificate_store(CertificateStore::WebpkiRoots),
            Some(path) => {
                let unreadable = |why: String| {
                    Error::new(
                        Kind::Environment,
                        "alert.authorities",
                        format!("`{}` holds no certificates: {why}", path.display()),
                    )
                    .hint("sslrootcert names a PEM file with the authorities of the server's certificate")
                };
                let text =
                    std::fs::read(path).map_err(|error| unreadable(error.to_string()).because(error))?;
                let certificate =
                    Certificate::from_pem(&text).map_err(|error| unreadable(words(&error)).because(error))?;
                builder.certificate_store(CertificateStore::None).add_root_certificate(certificate)
            }
        };
        Ok(builder.build().context("encryption cannot be set up")?)
    }

    fn log_in(&self, connection: &mut SmtpConnection) -> Result<()> {
        let Some((user, password)) = &self.address.login else { return Ok(()) };
        let credentials = Credentials::new(user.clone(), password.clone());
        let Err(error) = connection.auth(&[Mechanism::Plain, Mechanism::Login], &credentials) else {
            return Ok(());
        };
        if !error.is_permanent() && !error.is_client() {
            return Err(self.unreachable(&error));
        }
        Err(Error::new(
            Kind::Environment,
            "alert.login",
            format!("the mail server `{}` does not let `{user}` in: {}", self.address, words(&error)),
        )
        .hint("check user and password in the address of the mail server"))
    }

    fn unreachable(&self, error: &SmtpError) -> Error {
        let (kind, code) = if certificate_is_bad(error) {
            (Kind::Environment, "alert.certificate")
        } else {
            (Kind::Busy, "alert.server_unreachable")
        };
        let refusal = Error::new(
            kind,
            code,
            format!("the mail server `{}` cannot be reached: {}", self.address, words(error)),
        );
        match kind {
            Kind::Busy => refusal.hint("repeat the command: that is always safe"),
            _ => refusal
                .hint("name the authorities of a private server with `?sslrootcert=FILE` in its address"),
        }
    }

    fn plain(&self) -> Error {
        Error::new(
            Kind::Environment,
            "alert.no_encryption",
            format!("the mail server `{}` offers no encryption (STARTTLS)", self.address),
        )
        .hint("use smtps://, or say `?tls=none` in its address where the way to it is private")
    }

    /// Sends sender, recipient, `DATA`, then claims and sends the content. The claim comes last, so that
    /// every refusal before the content leaves the alert unclaimed.
    pub(super) fn deliver(&mut self, mail: &OutgoingMail<'_>, claim: Claim<'_>) -> Result<Verdict> {
        let Some(mut connection) = self.connection.take() else {
            return Err(Error::internal("a message was to be sent without a connection"));
        };
        let verdict = match self.open_envelope(&mut connection, mail)? {
            Some(verdict) => verdict,
            // Without the claim the server must not see the end of the message: the connection is dropped.
            None if !claim()? => return Ok(Verdict::Unclaimed),
            None => self.hand_over(&mut connection, mail),
        };
        let is_usable = matches!(verdict, Verdict::Delivered | Verdict::Later(_) | Verdict::Never(_));
        if is_usable && !connection.has_broken() {
            self.connection = Some(connection);
        }
        Ok(verdict)
    }

    /// None if the server waits for the content.
    fn open_envelope(
        &self, connection: &mut SmtpConnection, mail: &OutgoingMail<'_>,
    ) -> Result<Option<Verdict>> {
        let Some(options) = parameters(connection, mail.to) else {
            return Ok(Some(Verdict::Never("the mail server takes no addresses beyond ASCII".to_owned())));
        };
        match connection.command(Mail::new(Some(mail.from.clone()), options)) {
            // The sender or this host is refused, so every other message would fail too.
            Err(error) if error.is_permanent() => return Err(self.sender_refused(mail.from, &error)),
            Err(error) => return Ok(Some(early(&error))),
            Ok(_) => {}
        }
        let agreed = connection.command(Rcpt::new(mail.to.clone(), Vec::new()));
        let Err(error) = agreed.and_then(|_| connection.command(Data)) else { return Ok(None) };
        let verdict = early(&error);
        // The transaction is still open, and the server would refuse the next message.
        if matches!(verdict, Verdict::Broken(_)) || connection.command(Rset).is_err() {
            connection.abort();
        }
        Ok(Some(verdict))
    }

    fn hand_over(&self, connection: &mut SmtpConnection, mail: &OutgoingMail<'_>) -> Verdict {
        let patient = connection.set_timeout(Some(self.timeout * LAST_ANSWER));
        if let Err(error) = patient {
            return Verdict::Unknown(error.to_string());
        }
        match connection.message(mail.bytes) {
            Ok(_) => {
                let _ = connection.set_timeout(Some(self.timeout));
                Verdict::Delivered
            }
            Err(error) if error.is_permanent() => Verdict::Never(words(&error)),
            Err(error) if error.is_transient() => Verdict::Later(words(&error)),
            Err(error) => Verdict::Unknown(words(&error)),
        }
    }

    fn sender_refused(&self, from: &Address, error: &SmtpError) -> Error {
        Error::new(
            Kind::Environment,
            "alert.sender_refused",
            format!("the mail server `{}` takes nothing from `{from}`: {}", self.address, words(error)),
        )
        .hint("check `--from`, and whether the server asks for user and password")
    }
}

impl Drop for SmtpMailer {
    fn drop(&mut self) {
        if let Some(connection) = &mut self.connection {
            let _ = connection.quit();
        }
    }
}

/// Addresses beyond ASCII need an extension, which few servers lack; none if this one does.
fn parameters(connection: &SmtpConnection, to: &Address) -> Option<Vec<MailParameter>> {
    let text: &str = to.as_ref();
    if text.is_ascii() {
        return Some(Vec::new());
    }
    let is_known = connection.server_info().supports_feature(Extension::SmtpUtfEight);
    is_known.then(|| vec![MailParameter::SmtpUtfEight])
}

/// A refusal before the content was sent. After 421 the server closes the connection.
fn early(error: &SmtpError) -> Verdict {
    match error.status().map(u16::from) {
        Some(421) | None => Verdict::Broken(words(error)),
        Some(_) if error.is_permanent() => Verdict::Never(words(error)),
        Some(_) => Verdict::Later(words(error)),
    }
}

fn certificate_is_bad(error: &SmtpError) -> bool {
    causes(error).any(|cause| {
        let inside = cause.downcast_ref::<std::io::Error>().and_then(std::io::Error::get_ref);
        cause.is::<rustls::Error>()
            || inside.and_then(|cause| cause.downcast_ref::<rustls::Error>()).is_some()
    })
}

fn causes(error: &SmtpError) -> impl Iterator<Item = &(dyn std::error::Error + 'static)> {
    std::iter::successors(Some(error as &(dyn std::error::Error + 'static)), |cause| cause.source())
}

/// The server's reply if there is one, else the cause.
fn words(error: &SmtpError) -> String {
    use std::io::ErrorKind;
    let innermost = causes(error).skip(1).last();
    let text = innermost.map(ToString::to_string);
    if let Some(code) = error.status() {
        return format!("{code} {}", text.unwrap_or_default()).trim_end().to_owned();
    }
    let io = causes(error).find_map(|cause| cause.downcast_ref::<std::io::Error>());
    match io.map(std::io::Error::kind) {
        Some(ErrorKind::WouldBlock | ErrorKind::TimedOut) => "it did not answer in time".to_owned(),
        _ if text.as_deref() == Some("incomplete response") => "it hung up".to_owned(),
        _ => text.unwrap_or_else(|| error.to_string()),
    }
}
