//! A database file of which some bytes are others.

use std::fs;
use std::sync::LazyLock;

use crate::db::{Db, Location};
use crate::file::{self, TemporaryFolder};
use crate::store;

/// A new database, as it lies in its file.
static SOUND: LazyLock<Vec<u8>> = LazyLock::new(|| {
    let folder = TemporaryFolder::new().expect("a temporary folder");
    let path = folder.path().join("care.db");
    drop(Db::create(&Location::File(path.clone()), store::derive).expect("a new database"));
    fs::read(path).expect("a file")
});

/// Each change is a place of three bytes, a length of one, and the bytes that stand there then; a length of 0 cuts the file off there.
pub(super) fn database(data: &[u8]) {
    let mut bytes = SOUND.clone();
    let mut rest = data;
    while let Some(([low, middle, high, length], more)) = rest.split_first_chunk::<4>() {
        let place = usize::from(*low) | usize::from(*middle) << 8 | usize::from(*high) << 16;
        let place = place % bytes.len().max(1);
        let (new, more) = more.split_at(usize::from(length % 32).min(more.len()));
        if *length == 0 {
            bytes.truncate(place);
        }
        let end = (place + new.len()).min(bytes.len());
        if let Some(old) = bytes.get_mut(place..end) {
            old.copy_from_slice(&new[..old.len()]);
        }
        rest = more;
    }
    // What is put beside it goes with its folder.
    let folder = TemporaryFolder::new().expect("a temporary folder");
    let path = folder.path().join("care.db");
    fs::write(&path, &bytes).expect("room");
    look(&Location::File(path));
    file::protect_no_more();
}

fn look(location: &Location) {
    if let Ok(db) = Db::open_as_it_is(location) {
        let _ = (db.damage(), db.lost_references());
    }
    if let Ok((mut db, _)) = Db::open(location, store::derive) {
        let _ = db.health(location);
        let _ = db.strange_schema();
        let _ = db.table_facts(true);
    }
}
