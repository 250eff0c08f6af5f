//! Seals, and the keys that they are made and compared with.

use std::sync::LazyLock;

use super::parts::parts;
use super::{honest, input};
use crate::interchange::seal::{self, KnownKey, SealKey};
use crate::model::audit::Sealed;

/// A key of this process, so that a signature can hold.
static KEY: LazyLock<(SealKey, Vec<KnownKey>)> = LazyLock::new(|| {
    let folder = std::env::temp_dir().join(format!("caredesk-fuzz-{}", std::process::id()));
    let path = folder.join("key");
    let made = SealKey::open(&path, true).expect("a new key");
    let known = KnownKey::beside(&path).expect("its public half").expect("a file");
    let _ = std::fs::remove_dir_all(folder);
    (made, known)
});

/// `seals`: a file of them. `key`: one of keys. `line`: what one says, which is signed here.
pub(super) fn seal(data: &[u8]) {
    let parts = parts(data);
    let of = |name: &str| parts.iter().find(|(part, _)| part == name).map(|(_, bytes)| *bytes);
    let own: &(SealKey, Vec<KnownKey>) = &KEY;
    let keys = of("key").and_then(|bytes| honest(KnownKey::read(&input("key", bytes))));
    for key in keys.iter().flatten() {
        let _ = key.fingerprint();
    }
    if let Some(bytes) = of("seals") {
        honest(seal::read(&input("seals", bytes), keys.as_ref().unwrap_or(&own.1)));
    }
    let Some(line) = of("line").and_then(|bytes| str::from_utf8(bytes).ok()) else { return };
    let Some(sealed) = super::reason(Sealed::of_line(line)) else { return };
    let text = seal::written(&sealed, &own.0).expect("it can be signed");
    let read = seal::read(&input("seals", text.as_bytes()), &own.1).expect("it was signed");
    assert!(read.all.len() == 1 && read.all[0].sealed == sealed && !read.is_cut, "{text}");
}
