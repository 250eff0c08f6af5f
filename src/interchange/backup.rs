//! The file of a backup: a zip with what it says of itself and with the database, sealed at its end by a digest of all that stands
//! before. So a byte that is not as it was written shows wherever it stands, also where a zip has room for what no one reads.

use std::fs::File;
use std::io::{self, BufReader, BufWriter, Read, Seek, SeekFrom, Write};

use sha2::{Digest, Sha256};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

use crate::error::{Error, Kind, Result};
use crate::model::audit::hex;
use crate::model::backup::{FORM, Manifest};

const MANIFEST: &str = "manifest.json";
const DATABASE: &str = "caredesk.db";

/// What the comment of the zip begins with, before the form and the digest.
const SEAL: &str = "caredesk-backup-";
const DIGITS: usize = 64;
/// The longest manifest that is read.
const LONGEST: u64 = 16 << 20;

/// Is given the number of bytes that were just read.
pub(crate) type Step<'a> = &'a mut dyn FnMut(u64);

fn seal(digest: &str) -> String {
    format!("{SEAL}{FORM} {digest}")
}

/// Writes a backup of this database into an empty file.
pub(crate) fn pack(database: &mut File, manifest: &Manifest, into: &File, step: Step<'_>) -> io::Result<()> {
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
    let options = options.large_file(true).unix_permissions(0o600);
    let mut zip = ZipWriter::new(BufWriter::new(into));
    zip.set_comment(seal(&"0".repeat(DIGITS)))?;
    zip.start_file(MANIFEST, options)?;
    zip.write_all(&serde_json::to_vec_pretty(manifest)?)?;
    zip.start_file(DATABASE, options)?;
    database.rewind()?;
    io::copy(&mut Counted { from: database, step }, &mut zip)?;
    zip.finish()?.flush()?;
    let mut whole = into;
    let end = whole.seek(SeekFrom::End(0))? - DIGITS as u64;
    let digest = digest_until(into, end, &mut |_| {})?;
    whole.seek(SeekFrom::Start(end))?;
    whole.write_all(digest.as_bytes())
}

/// What a backup says of itself, not compared with anything. Errors as those of [`unpack`].
pub(crate) fn manifest(file: &File, name: &str) -> Result<Manifest> {
    must_be_one(file, name)?;
    read_manifest(&mut opened(file, name)?, name)
}

/// Unpacks the database of a backup into an empty file, once each byte is known to be as it was written. Environment errors:
/// `backup.foreign`, `backup.damaged`, `backup.too_new`.
pub(crate) fn unpack(file: &File, name: &str, into: &mut File, step: Step<'_>) -> Result<Manifest> {
    let (end, sealed) = must_be_one(file, name)?;
    let digest = digest_until(file, end, step).map_err(|error| unreadable(name, error))?;
    if digest != sealed {
        return Err(damaged(name, "it is not as it was written"));
    }
    let mut archive = opened(file, name)?;
    let manifest = read_manifest(&mut archive, name)?;
    let packed = archive.by_name(DATABASE).map_err(|error| damaged(name, error))?;
    let mut written = Digested { into: BufWriter::new(into), digest: Sha256::new() };
    let size = io::copy(&mut packed.take(manifest.size.saturating_add(1)), &mut written);
    let size =
        size.and_then(|size| written.flush().map(|()| size)).map_err(|error| unreadable(name, error))?;
    if size != manifest.size || hex(&written.digest.finalize()) != manifest.sha256 {
        return Err(damaged(name, "the database in it is another than it says"));
    }
    Ok(manifest)
}

/// The SHA-256 of a whole file.
pub(crate) fn digest(mut file: &File) -> io::Result<String> {
    let end = file.seek(SeekFrom::End(0))?;
    digest_until(file, end, &mut |_| {})
}

fn digest_until(mut file: &File, end: u64, step: Step<'_>) -> io::Result<String> {
    file.rewind()?;
    let mut digest = Digested { into: io::sink(), digest: Sha256::new() };
    let mut all = Counted { from: BufReader::with_capacity(1 << 16, file.take(end)), step };
    let read = io::copy(&mut all, &mut digest)?;
    if read == end { Ok(hex(&digest.digest.finalize())) } else { Err(io::ErrorKind::UnexpectedEof.into()) }
}

/// Where the digest of the seal begins, and that digest. Refused if the file is no backup, or of a newer form.
fn must_be_one(file: &File, name: &str) -> Result<(u64, String)> {
    let (head, tail) = ends(file).map_err(|error| unreadable(name, error))?;
    let length = file.metadata().map_err(|error| unreadable(name, error))?.len();
    let sealed = tail.rfind(SEAL).map(|at| &tail[at + SEAL.len()..]).and_then(|seal| seal.split_once(' '));
    match sealed {
        Some((form, digest)) if form.parse() == Ok(FORM) && digest.len() == DIGITS => {
            Ok((length - DIGITS as u64, digest.to_owned()))
        }
        Some((form, _)) if form.parse().is_ok_and(|form: u32| form > FORM) => Err(too_new(name, form, FORM)),
        _ if head.starts_with("PK\u{3}\u{4}") && head.contains(MANIFEST) => {
            Err(damaged(name, "its end is missing or is not as it was written"))
        }
        _ => {
            Err(Error::new(Kind::Environment, "backup.foreign", format!("`{name}` is no backup of caredesk"))
                .hint("name a file that `caredesk database backup` has written"))
        }
    }
}

/// The first and the last bytes of a file, as far as they are text.
fn ends(mut file: &File) -> io::Result<(String, String)> {
    const LENGTH: u64 = 128;
    let last = file.metadata()?.len().saturating_sub(LENGTH);
    let mut ends = [0, last].into_iter().map(|from| {
        let mut bytes = Vec::new();
        file.seek(SeekFrom::Start(from))?;
        file.take(LENGTH).read_to_end(&mut bytes)?;
        let letters = bytes.iter().map(|byte| if byte.is_ascii() { char::from(*byte) } else { '?' });
        Ok::<String, io::Error>(letters.collect())
    });
    let mut next = || ends.next().unwrap_or_else(|| Ok(String::new()));
    Ok((next()?, next()?))
}

fn opened<'f>(file: &'f File, name: &str) -> Result<ZipArchive<BufReader<&'f File>>> {
    ZipArchive::new(BufReader::new(file)).map_err(|error| damaged(name, error))
}

fn read_manifest(archive: &mut ZipArchive<BufReader<&File>>, name: &str) -> Result<Manifest> {
    let file = archive.by_name(MANIFEST).map_err(|error| damaged(name, error))?;
    serde_json::from_reader(file.take(LONGEST)).map_err(|error| damaged(name, error))
}

pub(crate) fn damaged(name: &str, why: impl std::fmt::Display) -> Error {
    Error::new(Kind::Environment, "backup.damaged", format!("the backup `{name}` is damaged: {why}"))
        .hint("keep it as it is, and use another; `caredesk database verify FILE` tells which are whole")
}

pub(crate) fn too_new(name: &str, found: impl std::fmt::Display, known: impl std::fmt::Display) -> Error {
    let message =
        format!("the backup `{name}` is of a newer caredesk: it is of {found}, this program knows {known}");
    Error::new(Kind::Environment, "backup.too_new", message)
        .hint("use the newer program; this one would not understand what it finds")
}

fn unreadable(name: &str, error: io::Error) -> Error {
    crate::file::unreadable(name, error)
}

/// Tells how much was read.
struct Counted<'a, R> {
    from: R,
    step: Step<'a>,
}

impl<R: Read> Read for Counted<'_, R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let read = self.from.read(into)?;
        (self.step)(read as u64);
        Ok(read)
    }
}

/// Digests what is written.
struct Digested<W> {
    into: W,
    digest: Sha256,
}

impl<W: Write> Write for Digested<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.into.write(bytes)?;
        self.digest.update(&bytes[..written]);
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.into.flush()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_size_that_no_file_has_is_not_that_of_the_database() {
        let mut database = tempfile::tempfile().unwrap();
        database.write_all(b"database").unwrap();
        let manifest = Manifest {
            form: FORM,
            program: String::new(),
            schema: 1,
            taken_at: "2026-11-28T08:45:07Z".parse().unwrap(),
            hub: None,
            engine: "sqlite".to_owned(),
            size: u64::MAX,
            sha256: digest(&database).unwrap(),
            entries: 0,
            head: String::new(),
            origin: String::new(),
            tables: Vec::new(),
        };
        let packed = tempfile::tempfile().unwrap();
        pack(&mut database, &manifest, &packed, &mut |_| {}).unwrap();
        let error = unpack(&packed, "b.zip", &mut tempfile::tempfile().unwrap(), &mut |_| {}).unwrap_err();
        assert_eq!(
            (error.code(), error.message()),
            ("backup.damaged", "the backup `b.zip` is damaged: the database in it is another than it says")
        );
    }
}
