//! The keys of seals: ed25519, in the files of OpenSSH, whose own tools can make, keep and use them too.

use std::io::Write as _;
use std::path::{Path, PathBuf};

use ssh_key::private::{Ed25519Keypair, KeypairData};
use ssh_key::{Algorithm, HashAlg, LineEnding, PrivateKey, PublicKey};

use crate::error::{Error, Kind, Result};
use crate::file::{AtomicFile, Input, Mode, folder, make_private_folder, unwritable};

/// The longest file of public keys.
const LONGEST: usize = 1 << 20;

/// A key that seals.
pub(crate) struct SealKey {
    pub(super) private: PrivateKey,
    /// Where a new one was written, with that of its public half.
    pub(crate) made: Option<(PathBuf, PathBuf)>,
}

/// A key that seals are compared with.
#[derive(Clone, Debug)]
pub(crate) struct KnownKey(pub(super) PublicKey);

impl SealKey {
    /// Reads it, or makes it where there is none, which a dry run does not keep. Refused if others may read it, if it is another sort
    /// of key, and if it takes a passphrase: who seals by a timer cannot be asked for one.
    pub(crate) fn open(path: &Path, keeps: bool) -> Result<Self> {
        if path.symlink_metadata().is_err() {
            let private = new()?;
            if !keeps {
                return Ok(SealKey { private, made: None });
            }
            match Self::keep(private, path) {
                // Another run has just made one.
                Err(error) if error.code() == "file.exists" => {}
                made => return made,
            }
        }
        Ok(SealKey { private: private(&Input::from(path))?, made: None })
    }

    fn keep(private: PrivateKey, path: &Path) -> Result<Self> {
        make_private_folder(folder(path)).map_err(|error| unwritable(path, error))?;
        let public = public_path(path);
        let texts = (
            private.to_openssh(LineEnding::LF).map_err(unusual)?,
            private.public_key().to_openssh().map_err(unusual)?,
        );
        let mut file = AtomicFile::create(path, Mode::Private, false)?;
        file.write_all(texts.0.as_bytes()).map_err(|error| unwritable(path, error))?;
        // The public half says nothing secret, and can be made again.
        let mut beside = AtomicFile::create(&public, Mode::Public, true)?;
        writeln!(beside, "{}", texts.1).map_err(|error| unwritable(&public, error))?;
        file.keep()?;
        beside.keep()?;
        Ok(SealKey { private, made: Some((path.to_owned(), public)) })
    }

    /// As `ssh-keygen -l` prints it.
    pub(crate) fn fingerprint(&self) -> String {
        self.private.fingerprint(HashAlg::Sha256).to_string()
    }
}

impl KnownKey {
    /// Those of a file: public keys, one a line, or a private key, of which the public half counts.
    pub(crate) fn read(input: &Input) -> Result<Vec<KnownKey>> {
        let bytes = input.read(LONGEST)?;
        let text = String::from_utf8_lossy(&bytes);
        if text.contains("PRIVATE KEY-----") {
            return Ok(vec![KnownKey(private(input)?.public_key().clone())]);
        }
        let lines = text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'));
        let keys: Result<Vec<KnownKey>, _> = lines.map(|line| line.parse().map(KnownKey)).collect();
        match keys {
            Ok(keys) if !keys.is_empty() && bytes.len() <= LONGEST => Ok(keys),
            _ => Err(no_key(&input.name(), "it holds no public key such as `ssh-ed25519 AAAA…`")),
        }
    }

    /// That of a private key's file: its public half beside it, else that of itself; none if neither is there.
    pub(crate) fn beside(path: &Path) -> Result<Option<Vec<KnownKey>>> {
        let found = [public_path(path), path.to_owned()].into_iter().find(|path| path.exists());
        found.map(|path| KnownKey::read(&Input::from(path))).transpose()
    }

    pub(crate) fn fingerprint(&self) -> String {
        self.0.fingerprint(HashAlg::Sha256).to_string()
    }
}

fn new() -> Result<PrivateKey> {
    let mut seed = [0; 32];
    getrandom::fill(&mut seed)
        .map_err(|error| Error::internal(format!("there is no randomness: {error}")))?;
    let pair = KeypairData::from(Ed25519Keypair::from_seed(&seed));
    PrivateKey::new(pair, "caredesk").map_err(unusual)
}

fn private(input: &Input) -> Result<PrivateKey> {
    let name = input.name();
    if input.read(LONGEST)?.starts_with(b"ssh-") {
        let hint = "name the file without `.pub`; who seals needs that, and who checks seals needs this";
        return Err(no_key(&name, "it is the public half of a key").hint(hint));
    }
    let key = PrivateKey::from_openssh(input.secret()?)
        .map_err(|error| no_key(&name, "it holds no private key of OpenSSH").because(error))?;
    if key.is_encrypted() {
        return Err(no_key(&name, "it takes a passphrase, and none is asked for")
            .hint(format!("`ssh-keygen -p -f {name}` takes the passphrase away; or make a key for this alone by naming a file that is not there yet")));
    }
    if key.algorithm() != Algorithm::Ed25519 {
        return Err(no_key(&name, &format!("it is a key of `{}`, and seals take ed25519", key.algorithm()))
            .hint(
                "name a file that is not there yet, and a key is made; or `ssh-keygen -t ed25519 -N '' -f FILE`",
            ));
    }
    Ok(key)
}

fn no_key(name: &str, why: &str) -> Error {
    Error::new(Kind::Environment, "audit.key", format!("`{name}` cannot be used: {why}"))
}

fn unusual(error: ssh_key::Error) -> Error {
    Error::internal(format!("the key cannot be made: {error}"))
}

fn public_path(path: &Path) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(".pub");
    PathBuf::from(name)
}
