//! Takes what is packed out of its archive, into a temporary file and nowhere else: gzip, or one file of a zip.
//! An archive that unpacks to far more than it is, is refused before it fills the disk.

use std::borrow::Cow;
use std::collections::HashSet;
use std::fs::{self, File};
use std::io::{self, Read, Seek, SeekFrom};
use std::path::Path;

use flate2::read::MultiGzDecoder;
use zip::ZipArchive;

use super::options::Reading;
use crate::error::{Error, Result};
use crate::file::{Input, TemporaryFolder};

/// The most bytes that a packed file may have.
const MOST: u64 = 2 << 30;
/// Above so many bytes it may be at most so many times larger than packed.
const SMALL: u64 = 64 << 20;
const RATIO: u64 = 200;

/// The endings of files that may hold a table.
const ENDINGS: [&str; 10] = ["csv", "tsv", "tab", "txt", "json", "jsonl", "ndjson", "xlsx", "ods", "gz"];

/// The file itself, or what is packed in it. `import.several_tables`, `import.unreadable`, `import.too_large`.
pub(crate) fn unpacked(input: &Input, how: &Reading) -> Result<Input> {
    let mut input = input.clone();
    // A file that is zipped may be gzipped in there, and nothing is packed more often.
    for _ in 0..2 {
        let mut magic = [0; 4];
        let read = input.open()?.take(4).read(&mut magic).map_err(|error| input.unreadable(error))?;
        input = match magic.get(..read) {
            Some([0x1f, 0x8b, ..]) => gunzipped(&input)?,
            Some(b"PK\x03\x04" | b"PK\x05\x06") => match member(&input, how)? {
                Some(member) => member,
                None => break,
            },
            _ => break,
        };
    }
    Ok(input)
}

fn gunzipped(input: &Input) -> Result<Input> {
    let (packed, name) = (input.size(), input.short_name());
    let name = name.strip_suffix(".gz").unwrap_or(&name);
    let mut text = Limited { from: MultiGzDecoder::new(input.open()?), passed: 0, packed };
    input.holding(name, &mut text).map_err(|error| unreadable(input, error))
}

/// None for a workbook, which is a zip as well.
fn member(input: &Input, how: &Reading) -> Result<Option<Input>> {
    let mut archive = opened(input)?;
    let Some(files) = files_of(&archive) else { return Ok(None) };
    let chosen = chosen(input, &files, how.sheet.as_deref())?;
    let file = archive.by_name(&chosen).map_err(|error| unreadable(input, error.into()))?;
    let mut text = Limited { passed: 0, packed: file.compressed_size(), from: file };
    let name = chosen.rsplit(['/', '\\']).next().unwrap_or_default();
    input.holding(name, &mut text).map(Some).map_err(|error| unreadable(input, error))
}

/// Refused if two of its files have one name: only one of them could be read.
fn opened(input: &Input) -> Result<ZipArchive<File>> {
    let archive = ZipArchive::new(input.open()?).map_err(|error| unreadable(input, error.into()))?;
    if archive.has_duplicate_names() {
        let name = doubled(&archive, input.open()?).map_err(|error| unreadable(input, error))?;
        let message = format!("`{}` holds two files `{name}`", input.name());
        return Err(Error::invalid("import.two_of_a_name", message)
            .hint("unpack it, and import the one that is meant"));
    }
    Ok(archive)
}

/// The first name that is twice in the list of files, of which the archive knows only the last.
fn doubled(archive: &ZipArchive<File>, mut file: File) -> io::Result<String> {
    const HEAD: usize = 46;
    let mut list = Vec::new();
    file.seek(SeekFrom::Start(archive.central_directory_start()))?;
    file.read_to_end(&mut list)?;
    let (mut rest, mut names) = (list.as_slice(), HashSet::new());
    while let Some((head, variable)) = rest.split_at_checked(HEAD).filter(|_| rest.starts_with(b"PK\x01\x02"))
    {
        let [name, extra, comment] =
            [28, 30, 32].map(|at| usize::from(head[at]) | usize::from(head[at + 1]) << 8);
        let Some((name, _)) = variable.split_at_checked(name) else { break };
        if !names.insert(name) {
            return Ok(String::from_utf8_lossy(name).into_owned());
        }
        rest = variable.get(name.len() + extra + comment..).unwrap_or_default();
    }
    Ok(String::new())
}

/// None for a workbook.
fn files_of(archive: &ZipArchive<File>) -> Option<Vec<String>> {
    let names = archive.file_names().filter_map(Result::ok).filter(|name| !name.ends_with('/'));
    let files: Vec<String> = names.map(Cow::into_owned).collect();
    let is_workbook = files.iter().any(|name| name == "mimetype" || name.starts_with("xl/"));
    (!is_workbook).then_some(files)
}

/// The names of the tables in a zip, without their folders; none for any other file.
pub(crate) fn tables_in(input: &Input) -> Result<Vec<String>> {
    let mut magic = [0; 4];
    let read = input.open()?.take(4).read(&mut magic).map_err(|error| input.unreadable(error))?;
    if magic.get(..read) != Some(b"PK\x03\x04") {
        return Ok(Vec::new());
    }
    let files = files_of(&opened(input)?).unwrap_or_default();
    Ok(files.iter().filter(|name| is_table(name)).map(|name| base(name).to_owned()).collect())
}

/// Unpacks the tables of a zip into a folder of their own, which is deleted with the result. Errors: those of [`unpacked`], and
/// `import.unreadable` for a path that leads out of it.
pub(crate) fn unpacked_folder(input: &Input) -> Result<TemporaryFolder> {
    let mut archive = opened(input)?;
    let folder = TemporaryFolder::new().map_err(|error| input.unreadable(error))?;
    let mut left = MOST;
    for name in files_of(&archive).unwrap_or_default().iter().filter(|name| is_table(name)) {
        let file = archive.by_name(name).map_err(|error| unreadable(input, error.into()))?;
        let path = file.enclosed_name().map(|inside| folder.path().join(inside)).ok_or_else(|| {
            let message = format!("`{}` holds `{name}`, which leads out of it", input.name());
            Error::invalid("import.unreadable", message)
        })?;
        let text = Limited { passed: 0, packed: file.compressed_size(), from: file };
        // One more byte than is left shows that it is too much.
        let size = written(&path, &mut text.take(left + 1)).map_err(|error| unreadable(input, error))?;
        left = left.checked_sub(size).ok_or_else(|| unreadable(input, too_large(MOST)))?;
    }
    Ok(folder)
}

fn written(path: &Path, text: &mut impl Read) -> io::Result<u64> {
    fs::create_dir_all(path.parent().unwrap_or(path))?;
    io::copy(text, &mut File::create_new(path)?)
}

fn base(name: &str) -> &str {
    name.rsplit('/').next().unwrap_or_default()
}

fn is_table(name: &str) -> bool {
    let is_hidden = name.starts_with("__MACOSX/") || base(name).starts_with('.');
    let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending);
    !is_hidden && ENDINGS.iter().any(|known| known.eq_ignore_ascii_case(ending))
}

fn chosen(input: &Input, files: &[String], sheet: Option<&str>) -> Result<String> {
    let tables: Vec<&String> = files.iter().filter(|name| is_table(name)).collect();
    let name = input.name();
    let list = || tables.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ");
    if let Some(sheet) = sheet {
        let named: Vec<&String> = files.iter().filter(|file| base(file) == sheet).collect();
        let whole = files.iter().find(|file| *file == sheet);
        if let ([one, other, ..], None) = (named.as_slice(), whole) {
            let message = format!("`{name}` holds `{one}` and `{other}`");
            return Err(Error::invalid("import.two_of_a_name", message).hint("name one with its folder"));
        }
        let found = whole.or(named.first().copied());
        let found = found.or(tables.first().filter(|_| tables.len() == 1).copied());
        return found.cloned().ok_or_else(|| {
            Error::invalid("import.no_sheet", format!("`{name}` has no file `{sheet}`"))
                .hint(format!("it holds {}", list()))
        });
    }
    match tables.as_slice() {
        [one] => Ok((*one).clone()),
        [] => Err(Error::invalid("import.empty", format!("`{name}` holds no table"))
            .hint("unpack it, and import the files in it")),
        _ => Err(Error::invalid("import.several_tables", format!("`{name}` holds several tables"))
            .hint(format!("name one with `--sheet`: {}", list()))),
    }
}

/// Checks what is in a workbook by unpacking it: the sizes that an archive states may be wrong. `most` is what
/// one part may have, by its name.
pub(super) fn check(input: &Input, most: impl Fn(&str) -> Option<u64>) -> Result<()> {
    let broken = |error: zip::result::ZipError| unreadable(input, error.into());
    let mut archive = opened(input)?;
    for index in 0..archive.len() {
        let file = archive.by_index(index).map_err(broken)?;
        let name = file.name().map(Cow::into_owned).unwrap_or_default();
        let limit = most(&name);
        let mut text = Limited { passed: 0, packed: file.compressed_size(), from: file };
        let size = io::copy(&mut text, &mut io::sink()).map_err(|error| unreadable(input, error))?;
        if limit.is_some_and(|limit| size > limit) {
            let (size, most) = (size.div_ceil(1 << 20), limit.unwrap_or_default() >> 20);
            let part = format!("`{name}` in it has {size} MiB, and at most {most} are read");
            let message = format!("`{}` is too large: {part}", input.name());
            return Err(Error::invalid("import.too_large", message).hint("save the sheet as CSV"));
        }
    }
    Ok(())
}

fn unreadable(input: &Input, error: io::Error) -> Error {
    if error.kind() == io::ErrorKind::FileTooLarge {
        return Error::invalid("import.too_large", format!("`{}` {error}", input.name()))
            .hint("unpack it yourself if you know what is in it");
    }
    Error::invalid("import.unreadable", format!("`{}` cannot be unpacked: {error}", input.name()))
        .hint("copy it again if it was cut off; unpack it yourself if it has a password")
        .because(error)
}

/// Passes bytes on as long as they are not suspiciously many.
struct Limited<R> {
    from: R,
    passed: u64,
    packed: u64,
}

impl<R: Read> Read for Limited<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.from.read(buffer)?;
        self.passed += count as u64;
        let allowed = MOST.min(SMALL.max(self.packed.saturating_mul(RATIO)));
        if self.passed > allowed {
            return Err(too_large(allowed));
        }
        Ok(count)
    }
}

fn too_large(allowed: u64) -> io::Error {
    let message = format!("unpacks to more than {} MiB, which is too much for its size", allowed >> 20);
    io::Error::new(io::ErrorKind::FileTooLarge, message)
}
