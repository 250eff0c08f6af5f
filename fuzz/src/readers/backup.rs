//! Backups: a zip with its manifest and a database, with a digest that is right, since no change would get past it.

use std::fs::File;
use std::io::{Seek as _, SeekFrom, Write as _};

use sha2::{Digest as _, Sha256};

use super::honest;
use super::parts::{parts, zipped};
use crate::interchange::backup;
use crate::model::audit::hex;
use crate::model::backup::Manifest;

const SEAL: &str = "caredesk-backup-1 ";

pub(super) fn backup(data: &[u8]) {
    let Some((options, rest)) = data.split_first() else { return };
    let parts = parts(rest);
    if options & 1 != 0 {
        return unpack(rest);
    }
    let Some(mut bytes) = zipped(&parts, options & 2 != 0) else { return };
    if options & 4 == 0 {
        bytes = sealed(bytes);
    }
    unpack(&bytes);
    let of = |name: &str| parts.iter().find(|(part, _)| part == name).map(|(_, bytes)| *bytes);
    if let (Some(manifest), Some(database)) = (of("manifest.json"), of("caredesk.db")) {
        again(manifest, database);
    }
}

/// The comment of a zip is its last field.
fn sealed(mut bytes: Vec<u8>) -> Vec<u8> {
    let length = u16::try_from(SEAL.len() + 64).expect("short");
    let at = bytes.len() - 2;
    bytes[at..].copy_from_slice(&length.to_le_bytes());
    bytes.extend_from_slice(SEAL.as_bytes());
    let digest = hex(&Sha256::digest(&bytes));
    bytes.extend_from_slice(digest.as_bytes());
    bytes
}

fn unpack(bytes: &[u8]) {
    let file = holding(bytes);
    if let Some(manifest) = honest(backup::manifest(&file, "x.zip")) {
        let _ = manifest.rows();
    }
    honest(backup::unpack(&file, "x.zip", &mut holding(b""), &mut |_| {}));
}

/// What is packed is unpacked as it was.
fn again(manifest: &[u8], database: &[u8]) {
    let Ok(manifest) = serde_json::from_slice::<Manifest>(manifest) else { return };
    let (size, sha256) = (database.len() as u64, hex(&Sha256::digest(database)));
    let manifest = Manifest { size, sha256, ..manifest };
    let (into, mut unpacked) = (holding(b""), holding(b""));
    backup::pack(&mut holding(database), &manifest, &into, &mut |_| {}).expect("it can be packed");
    let read = backup::unpack(&into, "x.zip", &mut unpacked, &mut |_| {}).expect("it was packed");
    assert!(read == manifest);
    assert!(backup::digest(&unpacked).expect("a file") == manifest.sha256);
}

fn holding(bytes: &[u8]) -> File {
    let mut file = tempfile::tempfile().expect("a temporary file");
    file.write_all(bytes).expect("room");
    file.seek(SeekFrom::Start(0)).expect("a file");
    file
}
