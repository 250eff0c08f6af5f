//! The folder of the documents that a table names.

use std::path::{Component, Path, PathBuf};

use super::super::paper::{self, Paper};
use crate::error::{Error, Result};
use crate::file::{Input, unreadable};

/// The endings of documents that are named by the code of their release.
const ENDINGS: [&str; 3] = ["pdf", "png", "jpg"];

#[derive(Default)]
pub(super) struct Documents {
    /// None where the table came from a pipe.
    folder: Option<PathBuf>,
}

impl Documents {
    /// The named folder, or that of the table.
    pub(super) fn beside(table: &Input, named: Option<&Path>) -> Self {
        let own = || table.path().parent().filter(|_| !table.is_standard());
        let folder = named
            .or_else(own)
            .map(|folder| if folder.as_os_str().is_empty() { PathBuf::from(".") } else { folder.to_owned() });
        Documents { folder }
    }

    /// Invalid: a document that is missing, lies outside of the folder, or is none that a release can have.
    pub(super) fn read(&self, named: Option<&str>, code: Option<&str>) -> Result<Paper> {
        let Some(folder) = &self.folder else {
            return Err(Error::invalid(
                "release.no_folder",
                "needs the folder of its document: `--documents` names it",
            ));
        };
        let path = match (named, code) {
            (Some(name), _) => folder.join(inside(name)?),
            (None, Some(code)) => {
                let found = ENDINGS.iter().map(|ending| folder.join(format!("{code}.{ending}")));
                let mut found = found.filter(|path| path.exists());
                found.next().ok_or_else(|| {
                    no_document(&format!("is new, and there is no {code}.pdf, .png or .jpg"))
                })?
            }
            (None, None) => return Err(no_document("is new and has no document")),
        };
        must_lie_in(folder, &path)?;
        paper::read(&Input::from(path))
    }
}

fn no_document(why: &str) -> Error {
    Error::invalid("release.no_document", why)
}

/// A name that leads out of the folder is refused before anything is looked for.
fn inside(name: &str) -> Result<&Path> {
    let path = Path::new(name);
    let is_inside = path.components().all(|part| matches!(part, Component::Normal(_) | Component::CurDir));
    if is_inside && !name.contains('\\') { Ok(path) } else { Err(outside(name)) }
}

/// Nor does a link lead out of it.
fn must_lie_in(folder: &Path, path: &Path) -> Result<()> {
    let real =
        |path: &Path| path.canonicalize().map_err(|error| unreadable(&path.display().to_string(), error));
    if real(path)?.starts_with(real(folder)?) { Ok(()) } else { Err(outside(&path.display().to_string())) }
}

fn outside(name: &str) -> Error {
    Error::invalid(
        "release.document_outside",
        format!("the document `{name}` lies outside of the folder of documents"),
    )
}
