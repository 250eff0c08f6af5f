//! Text that waits until it is known that it counts.

use std::io::{self, BufRead, BufReader, Read, Seek, Write};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use anyhow::Context as _;
use tempfile::SpooledTempFile;

use crate::error::Result;

/// So much is kept in memory before there is a file.
const IN_MEMORY: usize = 1 << 20;

/// In memory as long as it is short, then in a temporary file without a name. Clones are the same text.
#[derive(Clone)]
pub(crate) struct Spool(Arc<Mutex<SpooledTempFile>>);

impl Spool {
    pub(crate) fn new() -> Self {
        Spool(Arc::new(Mutex::new(tempfile::spooled_tempfile(IN_MEMORY))))
    }

    /// Forgets what it holds.
    pub(crate) fn clear(&self) -> Result<()> {
        let mut file = self.file();
        Ok(file.set_len(0).and_then(|()| file.rewind()).context("what waits cannot be forgotten")?)
    }

    pub(crate) fn add_line(&self, line: &str) -> Result<()> {
        Ok(writeln!(self.file(), "{line}").context("there is no room for what waits")?)
    }

    /// Each line that was added.
    pub(crate) fn each_line(&self, mut each: impl FnMut(&str) -> Result<()>) -> Result<()> {
        let mut file = self.file();
        file.rewind().context("what waits cannot be read")?;
        for line in BufReader::new(&mut *file).lines() {
            each(&line.context("what waits cannot be read")?)?;
        }
        Ok(())
    }

    /// Copies it where it belongs, in blocks.
    pub(crate) fn each_block(&self, mut each: impl FnMut(&[u8]) -> Result<()>) -> Result<()> {
        let mut file = self.file();
        file.rewind().context("what waits cannot be read")?;
        let mut block = vec![0; 1 << 16];
        loop {
            let length = file.read(&mut block).context("what waits cannot be read")?;
            match block.get(..length) {
                Some(part) if length > 0 => each(part)?,
                _ => return Ok(()),
            }
        }
    }

    fn file(&self) -> MutexGuard<'_, SpooledTempFile> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Write for Spool {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.file().write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
