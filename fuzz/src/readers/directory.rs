//! Directories of providers: folders of tables or of documents, packed or not.

use std::fs;
use std::path::Path;

use super::parts::{parts, zipped};
use super::{Choice, honest, input};
use crate::file::{Input, TemporaryFolder};
use crate::interchange::{fhir, hsds, providers};

pub(super) fn directory(data: &[u8]) {
    let Some(Choice { reader, how, rest, .. }) = Choice::of(data) else { return };
    let parts = parts(rest);
    if reader & 1 == 0 {
        let Some(bytes) = zipped(&parts, reader & 2 != 0) else { return };
        let file = input("x.zip", &bytes);
        match reader & 4 {
            0 => drop(honest(hsds::read(&file, &how))),
            _ => drop(honest(providers::read_providers(&file, &how))),
        }
        return;
    }
    let folder = TemporaryFolder::new().expect("a temporary folder");
    for (name, bytes) in &parts {
        let is_plain = |letter: char| letter.is_ascii_alphanumeric() || "._-".contains(letter);
        if name.chars().all(is_plain) && !name.is_empty() && name.len() < 100 && !name.starts_with('.') {
            fs::write(folder.path().join(name), bytes).expect("a file");
        }
    }
    let file = Input::from(Path::new(folder.path()));
    match reader & 4 {
        0 => drop(honest(hsds::read(&file, &how))),
        _ => drop(honest(fhir::patients(&file, &how, "", &mut |_| Ok(())))),
    }
}
