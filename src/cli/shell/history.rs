//! The lines that are kept for later shells: yours alone, of each database apart (rule 7.55).

use std::io;
use std::path::PathBuf;

use reedline::FileBackedHistory;
use sha2::{Digest, Sha256};

use crate::cli::environment;
use crate::db::Location;
use crate::file;

/// So many.
const MOST: usize = 1_000;

/// None where there is no place for it.
pub(super) fn of(location: &Location) -> io::Result<Option<FileBackedHistory>> {
    let Some(folder) = environment::state_folder() else { return Ok(None) };
    let folder = folder.join("history");
    file::make_private_folder(&folder)?;
    let path = folder.join(name(location));
    let file = file::open_to_append(&path)?;
    #[cfg(unix)]
    file.set_permissions(std::os::unix::fs::PermissionsExt::from_mode(0o600))?;
    drop(file);
    FileBackedHistory::with_file(MOST, path).map(Some).map_err(|error| io::Error::other(error.to_string()))
}

/// That of the database, as far as a person knows it by it, and what tells it from others of the name.
fn name(location: &Location) -> PathBuf {
    let whole = match location {
        Location::File(path) => path.canonicalize().unwrap_or_else(|_| path.clone()).display().to_string(),
        Location::Server(_) => location.to_string(),
    };
    let digest: [u8; 32] = Sha256::digest(whole).into();
    let digest = digest.iter().take(4).fold(String::new(), |text, byte| text + &format!("{byte:02x}"));
    let plain = |letter: char| if letter.is_alphanumeric() { letter } else { '-' };
    let short: String = location.short_name().chars().map(plain).take(60).collect();
    PathBuf::from(format!("{short}-{digest}"))
}
