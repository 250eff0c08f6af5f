//! A mail server for stories: it speaks SMTP on a port of its own, keeps what it gets, and misbehaves as it is told.

use std::io::{self, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

use rcgen::{BasicConstraints, CertificateParams, IsCa, Issuer, KeyPair};
use rustls::pki_types::PrivateKeyDer;
use rustls::{ServerConfig, ServerConnection, StreamOwned};

/// What it does out of the ordinary.
#[derive(Clone, Default)]
pub struct Manners {
    /// What a recipient whose address begins so is answered.
    pub recipients: Vec<(&'static str, &'static str)>,
    /// What every sender is answered.
    pub sender: Option<&'static str>,
    /// What the announcement of content for a recipient whose address begins so is answered.
    pub announcement: Option<(&'static str, &'static str)>,
    /// What every content is answered.
    pub content: Option<&'static str>,
    /// Says nothing for this long at that point.
    pub silence: Option<(Point, Duration)>,
    /// Closes the connection at that point.
    pub hangs_up: Option<Point>,
    /// User and password that it asks for.
    pub login: Option<(&'static str, &'static str)>,
    pub encryption: Encryption,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Encryption {
    #[default]
    None,
    StartTls,
    Wrapped,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Point {
    /// Before the sender is answered; the connection is not closed there.
    Sender,
    /// Before the recipient is answered.
    Recipient,
    /// After the content has come, before it is answered.
    Content,
}

/// A message as it came.
#[derive(Clone, Debug)]
pub struct Received {
    pub to: String,
    pub text: String,
    pub was_encrypted: bool,
    pub user: Option<String>,
}

#[derive(Default)]
struct Kept {
    manners: Manners,
    received: Vec<Received>,
    connections: usize,
    /// Contents that came, whether they were answered or not.
    contents: usize,
    senders: usize,
    recipients: usize,
}

#[derive(Clone)]
pub struct MailHost {
    pub port: u16,
    /// The authority of its certificate, in PEM.
    pub authority: String,
    kept: Arc<Mutex<Kept>>,
}

trait Stream: Read + Write + Send {}
impl<T: Read + Write + Send> Stream for T {}

impl MailHost {
    pub fn start(manners: Manners) -> MailHost {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let (authority, tls) = certificate();
        let host = MailHost {
            port: listener.local_addr().unwrap().port(),
            authority,
            kept: Arc::new(Mutex::new(Kept { manners, ..Kept::default() })),
        };
        let listening = host.clone();
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let (host, tls) = (listening.clone(), Arc::clone(&tls));
                thread::spawn(move || drop(host.converse(stream, &tls)));
            }
        });
        host
    }

    pub fn url(&self) -> String {
        format!("smtp://localhost:{}", self.port)
    }

    pub fn behaves(&self, manners: Manners) {
        self.kept.lock().unwrap().manners = manners;
    }

    /// What was received since the last time, in order.
    pub fn received(&self) -> Vec<Received> {
        std::mem::take(&mut self.kept.lock().unwrap().received)
    }

    pub fn connections(&self) -> usize {
        self.kept.lock().unwrap().connections
    }

    /// Waits until that many senders, recipients or contents have come.
    pub fn wait(&self, point: Point, number: usize) {
        for _ in 0..1_000 {
            let kept = self.kept.lock().unwrap();
            let come = match point {
                Point::Sender => kept.senders,
                Point::Recipient => kept.recipients,
                Point::Content => kept.contents,
            };
            drop(kept);
            if come >= number {
                return;
            }
            thread::sleep(Duration::from_millis(10));
        }
        panic!("the program did not get as far as {point:?}");
    }

    fn manners(&self) -> Manners {
        self.kept.lock().unwrap().manners.clone()
    }

    fn converse(&self, stream: TcpStream, tls: &Arc<ServerConfig>) -> io::Result<()> {
        self.kept.lock().unwrap().connections += 1;
        let encrypted = |stream: TcpStream| {
            let connection = ServerConnection::new(Arc::clone(tls)).expect("a configuration");
            Box::new(StreamOwned::new(connection, stream))
        };
        if self.manners().encryption == Encryption::Wrapped {
            return Talk::new(self, encrypted(stream), true).hold();
        }
        let mut talk = Talk::new(self, Box::new(stream.try_clone()?), false);
        talk.hold()?;
        if talk.wants_tls {
            Talk { greeted: true, ..Talk::new(self, encrypted(stream), true) }.hold()
        } else {
            Ok(())
        }
    }

    /// Returns whether the connection is to be closed at this point.
    fn reached(&self, point: Point) -> bool {
        let mut kept = self.kept.lock().unwrap();
        match point {
            Point::Sender => kept.senders += 1,
            Point::Recipient => kept.recipients += 1,
            Point::Content => kept.contents += 1,
        }
        let manners = kept.manners.clone();
        drop(kept);
        if let Some((at, length)) = manners.silence
            && at == point
        {
            thread::sleep(length);
        }
        manners.hangs_up == Some(point)
    }
}

/// One connection.
struct Talk<'a> {
    host: &'a MailHost,
    stream: Box<dyn Stream>,
    is_encrypted: bool,
    greeted: bool,
    wants_tls: bool,
    user: Option<String>,
    /// Whether an envelope is open.
    has_sender: bool,
    to: Option<String>,
}

impl<'a> Talk<'a> {
    fn new(host: &'a MailHost, stream: Box<dyn Stream>, is_encrypted: bool) -> Self {
        Talk {
            host,
            stream,
            is_encrypted,
            greeted: false,
            wants_tls: false,
            user: None,
            has_sender: false,
            to: None,
        }
    }

    /// Until either side leaves, or encryption is to begin.
    fn hold(&mut self) -> io::Result<()> {
        if !self.greeted {
            self.say("220 mail.example ready")?;
        }
        loop {
            let line = self.line()?;
            let verb = line.split([' ', ':']).next().unwrap_or_default().to_uppercase();
            match verb.as_str() {
                "EHLO" => self.hello()?,
                "STARTTLS" => {
                    self.wants_tls = true;
                    return self.say("220 go ahead");
                }
                "AUTH" => self.log_in(&line)?,
                "MAIL" => self.sender()?,
                "RCPT" => {
                    if self.recipient(&line)? {
                        return Ok(());
                    }
                }
                "DATA" => {
                    if self.content()? {
                        return Ok(());
                    }
                }
                "RSET" => {
                    (self.has_sender, self.to) = (false, None);
                    self.say("250 forgotten")?;
                }
                "QUIT" => return self.say("221 bye"),
                _ => self.say("500 what?")?,
            }
        }
    }

    fn hello(&mut self) -> io::Result<()> {
        let manners = self.host.manners();
        let mut lines = vec!["mail.example", "8BITMIME"];
        if manners.encryption == Encryption::StartTls && !self.is_encrypted {
            lines.push("STARTTLS");
        }
        if manners.login.is_some() {
            lines.push("AUTH PLAIN LOGIN");
        }
        let last = lines.len() - 1;
        for (number, line) in lines.iter().enumerate() {
            self.say(&format!("250{}{line}", if number == last { ' ' } else { '-' }))?;
        }
        Ok(())
    }

    /// `AUTH PLAIN` with the response in the same line, or `AUTH LOGIN` in two questions.
    fn log_in(&mut self, line: &str) -> io::Result<()> {
        let words: Vec<&str> = line.split(' ').collect();
        let (user, password) = if words[1] == "PLAIN" {
            let said = plain(words[2]);
            let mut parts = said.split('\0').skip(1).map(str::to_owned);
            (parts.next().unwrap_or_default(), parts.next().unwrap_or_default())
        } else {
            self.say("334 VXNlcm5hbWU6")?;
            let user = plain(&self.line()?);
            self.say("334 UGFzc3dvcmQ6")?;
            (user, plain(&self.line()?))
        };
        let is_right =
            self.host.manners().login.is_some_and(|known| known == (user.as_str(), password.as_str()));
        self.user = is_right.then_some(user);
        self.say(if is_right { "235 welcome" } else { "535 5.7.8 no" })
    }

    fn sender(&mut self) -> io::Result<()> {
        let manners = self.host.manners();
        if manners.login.is_some() && self.user.is_none() {
            return self.say("530 5.7.0 who are you?");
        }
        if self.has_sender {
            return self.say("503 5.5.1 nested MAIL command");
        }
        self.host.reached(Point::Sender);
        self.has_sender = manners.sender.is_none();
        self.say(manners.sender.unwrap_or("250 ok"))
    }

    fn recipient(&mut self, line: &str) -> io::Result<bool> {
        let to = line.split(['<', '>']).nth(1).unwrap_or_default().to_owned();
        if self.host.reached(Point::Recipient) {
            return Ok(true);
        }
        let manners = self.host.manners();
        let rule = manners.recipients.iter().find(|(who, _)| to.starts_with(who));
        self.to = rule.is_none().then(|| to.clone());
        self.say(&rule.map_or("250 ok".to_owned(), |(_, answer)| answer.replace("{to}", &to)))?;
        Ok(false)
    }

    fn content(&mut self) -> io::Result<bool> {
        let Some(to) = self.to.clone() else { return self.say("503 for whom?").map(|()| false) };
        if let Some((_, answer)) = self.host.manners().announcement.filter(|(who, _)| to.starts_with(who)) {
            return self.say(answer).map(|()| false);
        }
        (self.has_sender, self.to) = (false, None);
        self.say("354 go on")?;
        let mut text = String::new();
        loop {
            let line = self.line()?;
            if line == "." {
                break;
            }
            text += line.strip_prefix('.').unwrap_or(&line);
            text += "\r\n";
        }
        if self.host.reached(Point::Content) {
            return Ok(true);
        }
        let refusal = self.host.manners().content;
        if refusal.is_none() {
            let (was_encrypted, user) = (self.is_encrypted, self.user.clone());
            self.host.kept.lock().unwrap().received.push(Received { to, text, was_encrypted, user });
        }
        self.say(refusal.unwrap_or("250 mine"))?;
        Ok(false)
    }

    fn say(&mut self, line: &str) -> io::Result<()> {
        self.stream.write_all(format!("{line}\r\n").as_bytes())?;
        self.stream.flush()
    }

    /// Byte by byte, so that nothing of what comes after `STARTTLS` is taken along.
    fn line(&mut self) -> io::Result<String> {
        let (mut line, mut byte) = (Vec::new(), [0]);
        while !line.ends_with(b"\r\n") {
            self.stream.read_exact(&mut byte)?;
            line.push(byte[0]);
        }
        line.truncate(line.len() - 2);
        Ok(String::from_utf8(line).expect("SMTP in UTF-8"))
    }
}

/// base64
fn plain(text: &str) -> String {
    let digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let (mut bytes, mut bits, mut count) = (Vec::new(), 0_u32, 0);
    for value in text.chars().filter_map(|digit| digits.find(digit)) {
        (bits, count) = (bits << 6 | u32::try_from(value).unwrap(), count + 6);
        if count >= 8 {
            count -= 8;
            bytes.push((bits >> count & 0xff) as u8);
        }
    }
    String::from_utf8(bytes).expect("a text")
}

/// An authority of its own, and a certificate of it for `localhost`.
pub fn certificate() -> (String, Arc<ServerConfig>) {
    let mut authority = CertificateParams::new(Vec::new()).unwrap();
    authority.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    let (key, own) = (KeyPair::generate().unwrap(), KeyPair::generate().unwrap());
    let text = authority.self_signed(&key).unwrap().pem();
    let certificate = CertificateParams::new(vec!["localhost".to_owned()])
        .unwrap()
        .signed_by(&own, &Issuer::new(authority, key))
        .unwrap();
    let config = ServerConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()))
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(
            vec![certificate.der().clone()],
            PrivateKeyDer::try_from(own.serialize_der()).unwrap(),
        )
        .unwrap();
    (text, Arc::new(config))
}
