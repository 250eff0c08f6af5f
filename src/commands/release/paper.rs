//! The document of a new release: recognised by its content, hashed and read piece by piece, never wholly in memory.

use std::fs::File;
use std::io::{Read, Seek, SeekFrom};

use sha2::{Digest, Sha256};

use crate::error::{Error, Result};
use crate::file::{Input, unreadable};
use crate::interchange::document::{HEAD, TAIL, media_type};
use crate::model::release::{Document, LARGEST, PIECE};

/// A document that can be read repeatedly.
pub(super) struct Paper {
    file: File,
    name: String,
    pub(super) document: Document,
}

/// Reads it once. Errors: `file.unreadable`, `release.unreadable`, `release.empty`, `release.too_large`, and those of
/// [`media_type`].
pub(super) fn read(input: &Input) -> Result<Paper> {
    let name = input.name();
    must_be_ordinary(input, &name)?;
    // One byte more than allowed tells that it is too large; the rest is never read.
    let mut file = input.open_up_to(LARGEST + 1)?;
    let (size, sha256) = hash(&mut file, &name)?;
    if size == 0 {
        return Err(Error::invalid("release.empty", format!("`{name}` is empty")));
    }
    let media_type = media_type(
        &name,
        &part(&mut file, SeekFrom::Start(0), HEAD, &name)?,
        &part(&mut file, SeekFrom::Start(size.saturating_sub(TAIL as u64)), TAIL, &name)?,
    )?;
    let size = i64::try_from(size).map_err(|_| too_large(&name))?;
    Ok(Paper { file, name, document: Document { media_type, size, sha256 } })
}

impl Paper {
    /// Reads the document again. Invalid (`release.document_changed`) if it has changed.
    pub(super) fn each_piece(&self, mut piece: impl FnMut(i64, &Vec<u8>) -> Result<()>) -> Result<()> {
        let mut file = &self.file;
        file.rewind().map_err(|error| unreadable(&self.name, error))?;
        let (mut hasher, mut position) = (Sha256::new(), 0);
        let mut left = self.document.size.unsigned_abs();
        while left > 0 {
            let mut bytes = Vec::with_capacity(PIECE);
            let wanted = left.min(PIECE as u64);
            let came = (&mut file).take(wanted).read_to_end(&mut bytes);
            if came.map_err(|error| unreadable(&self.name, error))? == 0 {
                break;
            }
            left -= bytes.len() as u64;
            hasher.update(&bytes);
            piece(position, &bytes)?;
            position += 1;
        }
        let is_same = left == 0 && hasher.finalize().as_slice() == self.document.sha256;
        if is_same { Ok(()) } else { Err(changed(&self.name)) }
    }
}

fn changed(name: &str) -> Error {
    Error::invalid("release.document_changed", format!("`{name}` changed while it was read"))
        .hint("wait until the program that writes it is done, and repeat the command")
}

/// A pipe or a device could block forever, so only regular files are opened, through symbolic links.
fn must_be_ordinary(input: &Input, name: &str) -> Result<()> {
    if input.is_standard() {
        return Ok(());
    }
    let about = input.path().metadata().map_err(|error| input.unreadable(error))?;
    if !about.is_file() && !about.is_dir() {
        return Err(Error::invalid("release.unreadable", format!("`{name}` is no ordinary file"))
            .hint("send it to standard input: `--document -`"));
    }
    if about.len() > LARGEST { Err(too_large(name)) } else { Ok(()) }
}

/// Size and SHA-256. Stops at the limit.
fn hash(file: &mut File, name: &str) -> Result<(u64, Vec<u8>)> {
    let (mut hasher, mut size, mut bytes) = (Sha256::new(), 0_u64, vec![0; HEAD * 8]);
    file.rewind().map_err(|error| unreadable(name, error))?;
    loop {
        let came = file.read(&mut bytes).map_err(|error| unreadable(name, error))?;
        let Some(new) = bytes.get(..came).filter(|new| !new.is_empty()) else { break };
        size += new.len() as u64;
        if size > LARGEST {
            return Err(too_large(name));
        }
        hasher.update(new);
    }
    Ok((size, hasher.finalize().to_vec()))
}

fn part(file: &mut File, from: SeekFrom, most: usize, name: &str) -> Result<Vec<u8>> {
    let mut bytes = Vec::with_capacity(most);
    let read = file.seek(from).and_then(|_| file.take(most as u64).read_to_end(&mut bytes));
    read.map_err(|error| unreadable(name, error))?;
    Ok(bytes)
}

fn too_large(name: &str) -> Error {
    let most = LARGEST >> 20;
    Error::invalid("release.too_large", format!("`{name}` is larger than {most} MiB"))
        .hint("scan it in grey and at 300 dots per inch: a page then takes less than 1 MiB")
        .detail("most", LARGEST)
}
