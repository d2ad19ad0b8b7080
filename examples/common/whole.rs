//! Files that are there as a whole or not at all.

use std::io;
use std::path::Path;

/// Writes beside the file and renames, so that an interrupted run leaves nothing half-written.
pub fn write_whole(path: &Path, text: &str) -> io::Result<()> {
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder)?;
    }
    let mut unfinished = path.as_os_str().to_owned();
    unfinished.push(".unfinished");
    std::fs::write(&unfinished, text)?;
    std::fs::rename(&unfinished, path)
}
