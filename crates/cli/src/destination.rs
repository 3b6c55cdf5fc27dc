//! Files that reports and snapshots go to.

use std::{
    fs::{self, File},
    io::{self, BufWriter, Write},
    path::{Path, PathBuf},
};

use tempfile::NamedTempFile;

use crate::exit::Failure;

/// A file that is known to be writable before the work begins, and is replaced only when the work is done.
#[derive(Debug)]
pub(crate) struct Destination {
    path: PathBuf,
    file: Target,
}

#[derive(Debug)]
enum Target {
    /// Takes the place of a regular file, or of none.
    New(NamedTempFile),
    /// A pipe or a device, which must stay what it is.
    Existing(File),
}

impl Destination {
    pub(crate) fn prepare(path: &Path) -> Result<Self, Failure> {
        let file = match fs::metadata(path) {
            Ok(there) if there.is_dir() => Err(io::Error::from(io::ErrorKind::IsADirectory)),
            Ok(there) if !there.is_file() => {
                File::options().write(true).open(path).map(Target::Existing)
            }
            _ => NamedTempFile::new_in(parent(path)).map(Target::New),
        };
        let file = file.map_err(|error| Failure::file("write", path, &error))?;
        Ok(Self { path: path.to_owned(), file })
    }

    /// Writes the whole and puts it in place.
    pub(crate) fn write(
        self,
        content: impl FnOnce(&mut dyn Write) -> io::Result<()>,
    ) -> Result<(), Failure> {
        let fail = |error: io::Error| Failure::file("write", &self.path, &error);
        match self.file {
            Target::New(file) => {
                let mut to = BufWriter::new(file);
                content(&mut to).map_err(fail)?;
                let file = to.into_inner().map_err(|error| fail(error.into_error()))?;
                file.persist(&self.path).map(drop).map_err(|error| fail(error.error))
            }
            Target::Existing(file) => {
                let mut to = BufWriter::new(file);
                content(&mut to).and_then(|()| to.flush()).map_err(fail)
            }
        }
    }
}

fn parent(path: &Path) -> &Path {
    match path.parent() {
        Some(parent) if parent != Path::new("") => parent,
        _ => Path::new("."),
    }
}
