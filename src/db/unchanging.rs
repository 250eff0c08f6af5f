//! A file that is read as if it did not change, and what tells that it did.

use std::path::{Path, PathBuf};
use std::time::SystemTime;

use super::error;
use crate::error::Result;

/// The address by which SQLite opens it so.
pub(super) fn address(path: &Path) -> String {
    let path = path.display().to_string().replace('%', "%25").replace('?', "%3f").replace('#', "%23");
    format!("file:{path}?immutable=1")
}

pub(super) struct Unchanging {
    path: PathBuf,
    size: u64,
    modified: Option<SystemTime>,
}

impl Unchanging {
    /// The file as it is now.
    pub(super) fn of(path: &Path) -> Self {
        let about = path.metadata().ok();
        Unchanging {
            path: path.to_owned(),
            size: about.as_ref().map_or(0, std::fs::Metadata::len),
            modified: about.and_then(|about| about.modified().ok()),
        }
    }

    pub(super) fn must_be_unchanged(&self) -> Result<()> {
        let now = Unchanging::of(&self.path);
        if (now.size, now.modified) == (self.size, self.modified) {
            return Ok(());
        }
        Err(error::changed_meanwhile())
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn what_changes_while_it_is_read_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("care.db");
        fs::write(&path, "one").unwrap();
        let file = Unchanging::of(&path);
        file.must_be_unchanged().unwrap();
        fs::write(&path, "another").unwrap();
        assert_eq!(file.must_be_unchanged().unwrap_err().code(), "database.busy");
        fs::remove_file(&path).unwrap();
        assert!(file.must_be_unchanged().is_err());
    }
}
