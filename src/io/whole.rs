//! Files that are written as a whole or not at all.

use std::ffi::OsString;
use std::fs::{self, File, OpenOptions, Permissions};
use std::io::{Error, ErrorKind, Result, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};

/// Writes a file beside `path` and then gives it this name, so that whoever reads `path`, now or after a crash, finds the old
/// content or the new one. If it fails, the old content is still there and nothing is left behind.
///
/// A link is followed, and the permissions of a file that is there stay; what is there and is no file is not replaced.
pub(super) fn write(path: &Path, content: &[u8]) -> Result<()> {
    let path = &followed(path)?;
    let replaced = match fs::symlink_metadata(path) {
        Ok(replaced) if replaced.is_dir() => return Err(Error::new(ErrorKind::IsADirectory, "this is a folder")),
        Ok(replaced) if !replaced.is_file() => {
            let what = "this is no regular file, and is not replaced by one";
            return Err(Error::new(ErrorKind::InvalidInput, what));
        }
        Ok(replaced) => Some(replaced.permissions()),
        Err(error) if error.kind() == ErrorKind::NotFound => None,
        Err(error) => return Err(error),
    };
    let (temporary, file) = create_beside(path)?;
    let written = fill(file, content, replaced).and_then(|()| fs::rename(&temporary, path));
    if written.is_err() {
        // What went wrong first is what is told.
        let _ = fs::remove_file(&temporary);
    }
    written
}

/// Where a path leads if it is a link, whether or not there is a file yet.
fn followed(path: &Path) -> Result<PathBuf> {
    /// What Linux follows.
    const MOST_LINKS: usize = 40;
    let mut path = path.to_owned();
    for _ in 0..MOST_LINKS {
        if !fs::symlink_metadata(&path).is_ok_and(|there| there.is_symlink()) {
            return Ok(path);
        }
        // Relative to the link's own folder; an absolute path replaces it.
        let target = fs::read_link(&path)?;
        path.pop();
        path.push(target);
    }
    Err(Error::new(
        ErrorKind::InvalidInput,
        "there are too many links, or they lead in a circle",
    ))
}

/// A new file in the same folder, with a name that no other writer has.
fn create_beside(path: &Path) -> Result<(PathBuf, File)> {
    static NEXT: AtomicU64 = AtomicU64::new(0);
    let Some(name) = path.file_name() else {
        return Err(Error::new(ErrorKind::InvalidInput, "this path does not name a file"));
    };
    loop {
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        let mut temporary = OsString::from(".");
        temporary.push(name);
        temporary.push(format!(".{}-{number}.tmp", std::process::id()));
        let temporary = path.with_file_name(temporary);
        match OpenOptions::new().write(true).create_new(true).open(&temporary) {
            Ok(file) => return Ok((temporary, file)),
            Err(error) if error.kind() == ErrorKind::AlreadyExists => {}
            Err(error) => return Err(error),
        }
    }
}

fn fill(mut file: File, content: &[u8], permissions: Option<Permissions>) -> Result<()> {
    // Before there is anything to read. (Elsewhere all that is kept is whether a file can be written, and this one must be.)
    if let Some(permissions) = permissions.filter(|_| cfg!(unix)) {
        file.set_permissions(permissions)?;
    }
    file.write_all(content)?;
    file.sync_all()
}
