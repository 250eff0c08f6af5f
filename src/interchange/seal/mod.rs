//! Seals of the audit trail as a file has them: a line of JSON, and a signature of it as OpenSSH writes and checks them
//! (`ssh-keygen -Y verify -n caredesk`). Several may follow one another.

mod key;

use std::io::{BufRead, BufReader};

use ssh_key::{HashAlg, LineEnding, SshSig};

pub(crate) use self::key::{KnownKey, SealKey};
use crate::error::{Error, Kind, Result};
use crate::file::Input;
use crate::model::audit::Sealed;

/// What the signatures are for: one that was made for something else does not count.
const NAMESPACE: &str = "caredesk";

const BEGIN: &str = "-----BEGIN SSH SIGNATURE-----";
const END: &str = "-----END SSH SIGNATURE-----";

/// No line is longer, and no signature.
const LONGEST: usize = 64 << 10;

/// The text of a seal, with a line end.
pub(crate) fn written(sealed: &Sealed, key: &SealKey) -> Result<String> {
    let line = format!("{}\n", sealed.line()?);
    let signature = key.private.sign(NAMESPACE, HashAlg::Sha512, line.as_bytes());
    let signature = signature.and_then(|signature| signature.to_pem(LineEnding::LF));
    let signature = signature.map_err(|error| Error::internal(format!("nothing can be signed: {error}")))?;
    Ok(format!("{line}{}\n", signature.trim_end()))
}

/// A seal that a known key has made.
#[derive(Clone, Debug)]
pub(crate) struct Seal {
    pub(crate) sealed: Sealed,
    /// The line of the file that it begins on.
    pub(crate) line: usize,
}

/// The seals of a file, and whether what it ends with is not whole, as where a run that added one was cut off.
pub(crate) struct Seals {
    pub(crate) all: Vec<Seal>,
    pub(crate) is_cut: bool,
}

/// Reads seals, each of which must be by one of the keys. Invalid if something else is there; `audit.seal_broken` if a seal is not as
/// it was signed, or signed by another.
pub(crate) fn read(input: &Input, keys: &[KnownKey]) -> Result<Seals> {
    let mut seals = Seals { all: Vec::new(), is_cut: false };
    let mut block = Block::default();
    let mut reader = BufReader::new(input.open()?);
    let mut text = Vec::new();
    for number in 1.. {
        text.clear();
        let limit = u64::try_from(LONGEST).unwrap_or(u64::MAX);
        let read = std::io::Read::take(&mut reader, limit).read_until(b'\n', &mut text);
        if read.map_err(|error| input.unreadable(error))? == 0 {
            break;
        }
        let line = str::from_utf8(&text).ok().filter(|line| line.len() + block.signature.len() < LONGEST);
        let line = line.ok_or_else(|| no_seal(input, number, "it is no seal of an audit trail"))?;
        if block.add(line, number).map_err(|why| no_seal(input, number, &why))? {
            seals.all.push(std::mem::take(&mut block).checked(input, keys)?);
        }
    }
    seals.is_cut = !block.statement.is_empty();
    if seals.all.is_empty() {
        return Err(Error::invalid("audit.no_seal", format!("`{}` holds no seal", input.name()))
            .hint("name a file that `caredesk audit seal` or `audit anchor` has written"));
    }
    Ok(seals)
}

/// The lines of one seal.
#[derive(Default)]
struct Block {
    number: usize,
    statement: String,
    signature: String,
}

impl Block {
    /// Returns whether the seal is whole with this line.
    fn add(&mut self, line: &str, number: usize) -> Result<bool, String> {
        let bare = line.trim_end();
        if bare.starts_with('{') {
            // What was cut off is followed by a whole one.
            *self = Block { number, statement: line.to_owned(), signature: String::new() };
        } else if self.statement.is_empty() && !bare.is_empty() {
            return Err("it is no seal of an audit trail".to_owned());
        } else if bare == BEGIN || !self.signature.is_empty() {
            self.signature.push_str(bare);
            self.signature.push('\n');
        } else if !bare.is_empty() {
            return Err("a seal has its signature behind it".to_owned());
        }
        Ok(bare == END)
    }

    fn checked(self, input: &Input, keys: &[KnownKey]) -> Result<Seal> {
        let number = self.number;
        let sealed =
            Sealed::of_line(self.statement.trim_end()).map_err(|why| no_seal(input, number, &why))?;
        let signature = SshSig::from_pem(&self.signature)
            .map_err(|error| no_seal(input, number, "its signature cannot be read").because(error))?;
        let is_by = |key: &&KnownKey| key.0.key_data() == signature.public_key();
        let Some(key) = keys.iter().find(is_by) else {
            let other = signature.public_key().fingerprint(HashAlg::Sha256);
            let known: Vec<String> = keys.iter().map(KnownKey::fingerprint).collect();
            return Err(broken(input, number, &format!("was made with the key {other}")).hint(format!(
                "the key that counts is {}; if the other is yours too, name its public half with `--key`",
                known.join(" or ")
            )));
        };
        if key.0.verify(NAMESPACE, self.statement.as_bytes(), &signature).is_err() {
            return Err(broken(input, number, "is not as it was signed")
                .hint("the file was changed; take it from where it was kept unchanged"));
        }
        Ok(Seal { sealed, line: number })
    }
}

fn no_seal(input: &Input, number: usize, why: &str) -> Error {
    Error::invalid("audit.no_seal", format!("line {number} of `{}`: {why}", input.name()))
        .hint("name a file that `caredesk audit seal` or `audit anchor` has written")
}

fn broken(input: &Input, number: usize, what: &str) -> Error {
    let message = format!("the seal on line {number} of `{}` {what}", input.name());
    Error::new(Kind::Environment, "audit.seal_broken", message)
}
