//! Tells whether a folder lies on a network share, where SQLite files come to harm.

use std::path::Path;

use crate::error::{Error, Result, StoreTrouble};

/// File systems that are another machine's disk.
const NETWORK_KINDS: [&str; 9] =
    ["nfs", "nfs4", "cifs", "smb3", "smbfs", "9p", "fuse.sshfs", "fuse.davfs", "afs"];

/// Refuses a folder on a network share.
///
/// # Errors
/// [`StoreTrouble::NetworkShare`].
pub fn refuse_network_share(folder: &Path) -> Result<()> {
    let mounts = std::fs::read_to_string("/proc/self/mounts").unwrap_or_default();
    if is_windows_share(folder) || is_network(&mounts, folder) {
        return Err(Error::Store(StoreTrouble::NetworkShare));
    }
    Ok(())
}

/// A path such as `\\server\folder`, also in its verbatim form.
fn is_windows_share(folder: &Path) -> bool {
    let text = folder.to_string_lossy();
    text.starts_with(r"\\?\UNC\") || (text.starts_with(r"\\") && !text.starts_with(r"\\?\"))
}

/// Whether the longest mount point above the folder is of a network kind.
pub(super) fn is_network(mounts: &str, folder: &Path) -> bool {
    let kind = mounts
        .lines()
        .filter_map(|line| {
            let mut parts = line.split(' ').skip(1);
            let point = parts.next()?.replace("\\040", " ");
            let kind = parts.next()?;
            folder.starts_with(&point).then_some((point.len(), kind))
        })
        .max_by_key(|(length, _)| *length)
        .map(|(_, kind)| kind);
    kind.is_some_and(|kind| NETWORK_KINDS.contains(&kind))
}
