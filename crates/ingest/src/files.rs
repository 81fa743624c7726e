//! Files behind paths, and why one cannot be read.
//!
//! It does not know formats.

use crate::{Input, Unread};
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

/// Lists the files behind the paths, folders walked in name order.
#[must_use]
pub fn list(paths: &[PathBuf]) -> (Vec<Input>, Vec<Unread>) {
    let (mut inputs, mut unread) = (Vec::new(), Vec::new());
    for path in paths {
        if path.as_os_str() == "-" {
            inputs.push(Input {
                path: path.clone(),
                size: None,
            });
            continue;
        }
        match std::fs::metadata(path) {
            Ok(meta) if meta.is_dir() => walk(path, &mut inputs, &mut unread),
            // Pipes and devices are read where the user names them; their size says nothing.
            Ok(meta) => inputs.push(Input {
                path: path.clone(),
                size: meta.is_file().then_some(meta.len()),
            }),
            Err(error) => unread.push(failed(&shown(path), &error)),
        }
    }
    (inputs, unread)
}

/// Walks a folder without recursion, so that no depth of folders is too deep. Links to folders are not followed: they may
/// lead back. Hidden files and folders are passed over.
fn walk(folder: &Path, inputs: &mut Vec<Input>, unread: &mut Vec<Unread>) {
    let mut open = vec![folder.to_path_buf()];
    while let Some(path) = open.pop() {
        let meta = match std::fs::symlink_metadata(&path) {
            Ok(meta) => meta,
            Err(error) => {
                unread.push(failed(&shown(&path), &error));
                continue;
            }
        };
        // The folder that the user named may itself be a link.
        if meta.is_dir() || path == folder {
            match entries(&path) {
                // Last in, first out: names in reverse come out in order.
                Ok(names) => open.extend(names.into_iter().rev()),
                Err(error) => unread.push(failed(&shown(&path), &error)),
            }
        } else if meta.is_file() {
            inputs.push(Input {
                path,
                size: Some(meta.len()),
            });
        } else if meta.is_symlink() {
            match std::fs::metadata(&path) {
                Ok(target) if target.is_file() => inputs.push(Input {
                    path,
                    size: Some(target.len()),
                }),
                Ok(_) => {}
                Err(error) => unread.push(failed(&shown(&path), &error)),
            }
        } else {
            unread.push(Unread {
                path: shown(&path),
                code: "unsupported",
                reason: "it is neither a file nor a folder; name it by itself to have it read"
                    .to_owned(),
            });
        }
    }
}

fn entries(folder: &Path) -> std::io::Result<Vec<PathBuf>> {
    let mut names = Vec::new();
    for entry in std::fs::read_dir(folder)? {
        let entry = entry?;
        if !entry.file_name().as_encoded_bytes().starts_with(b".") {
            names.push(entry.path());
        }
    }
    names.sort();
    Ok(names)
}

/// A path as people read it.
#[must_use]
pub fn shown(path: &Path) -> String {
    path.to_string_lossy().into_owned()
}

/// What an error of the system means for the reader.
#[must_use]
pub fn failed(path: &str, error: &std::io::Error) -> Unread {
    let (code, reason) = match error.kind() {
        ErrorKind::NotFound => (
            "missing",
            "there is no such file; check the path".to_owned(),
        ),
        ErrorKind::PermissionDenied => (
            "permission",
            "it may not be read by this user; change its permissions or copy it".to_owned(),
        ),
        _ => (
            "unreadable",
            format!("the system could not read it ({error}); check the disk or copy the file"),
        ),
    };
    Unread {
        path: path.to_owned(),
        code,
        reason,
    }
}
