//! `Data`: the folder with the labelled text, and files read from it with errors that say what to do.
//!
//! It does not know what the files say.

use std::fmt;
use std::path::{Path, PathBuf};

/// Why an evaluation could not be done: what happened and what to do, one sentence.
#[derive(Debug)]
pub struct Failure(pub String);

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The folder with the labelled text.
#[derive(Debug, Clone)]
pub struct Data {
    root: PathBuf,
}

impl Data {
    /// The folder that the user names, else the one that `RASHOMON_DATA` names, else `../shared/data` beside the checkout.
    pub fn open(named: Option<PathBuf>) -> Result<Self, Failure> {
        let root = named
            .or_else(|| {
                std::env::var_os("RASHOMON_DATA")
                    .filter(|name| !name.is_empty())
                    .map(PathBuf::from)
            })
            .unwrap_or_else(|| checkout().join("../shared/data"));
        if root.is_dir() {
            Ok(Self { root })
        } else {
            Err(Failure(format!(
                "there is no folder {} with labelled text; name one with --data DIR or in RASHOMON_DATA",
                root.display()
            )))
        }
    }

    /// A path inside the folder, which must be there.
    pub fn at(&self, path: &str) -> Result<PathBuf, Failure> {
        present(self.root.join(path))
    }

    /// A path in the folder `gold` beside the data, which must be there.
    pub fn gold(&self, path: &str) -> Result<PathBuf, Failure> {
        // The folder may be named through a link or with a trailing "..": its true parent is meant.
        let root = self
            .root
            .canonicalize()
            .unwrap_or_else(|_| self.root.clone());
        present(root.join("..").join("gold").join(path))
    }
}

fn present(path: PathBuf) -> Result<PathBuf, Failure> {
    if path.exists() {
        Ok(path)
    } else {
        Err(Failure(format!(
            "{} is missing; name a folder that has it with --data DIR or in RASHOMON_DATA",
            path.display()
        )))
    }
}

/// The root of the checkout that this program was built from.
pub fn checkout() -> PathBuf {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    root.canonicalize().unwrap_or(root)
}

/// A file's bytes.
pub fn bytes(path: &Path) -> Result<Vec<u8>, Failure> {
    std::fs::read(path)
        .map_err(|error| Failure(format!("{} cannot be read: {error}", path.display())))
}

/// A file's text, UTF-8.
pub fn text(path: &Path) -> Result<String, Failure> {
    String::from_utf8(bytes(path)?)
        .map_err(|_| Failure(format!("{} is not UTF-8; convert it first", path.display())))
}

/// The files of a folder whose names end like this, by name.
pub fn files(folder: &Path, ending: &str) -> Result<Vec<PathBuf>, Failure> {
    let listed = std::fs::read_dir(folder)
        .map_err(|error| Failure(format!("{} cannot be listed: {error}", folder.display())))?;
    let mut paths: Vec<PathBuf> = listed
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| name(path).ends_with(ending) && !name(path).starts_with('.'))
        .collect();
    paths.sort();
    Ok(paths)
}

/// The last part of a path, as text.
pub fn name(path: &Path) -> &str {
    path.file_name()
        .and_then(|name| name.to_str())
        .unwrap_or("")
}

/// Writes text for the developer's eyes. Labelled news text belongs to others, so that the checkout is no place for it.
pub fn write_outside_checkout(path: &Path, text: &str) -> Result<(), Failure> {
    let folder = match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    let inside = match (folder.canonicalize(), checkout().canonicalize()) {
        (Ok(folder), Ok(checkout)) => folder.starts_with(checkout),
        _ => false,
    };
    if inside {
        return Err(Failure(format!(
            "{} lies in the checkout, and the examples quote news text that is not ours; name a file outside it",
            path.display()
        )));
    }
    write(path, text)
}

/// Writes a file.
pub fn write(path: &Path, bytes: impl AsRef<[u8]>) -> Result<(), Failure> {
    std::fs::write(path, bytes)
        .map_err(|error| Failure(format!("{} cannot be written: {error}", path.display())))
}

/// Writes what was learnt to the file that was asked for, or else to `file` of this checkout, and says where that is.
pub fn write_learnt(
    asked: Option<&PathBuf>,
    file: &str,
    bytes: impl AsRef<[u8]>,
) -> Result<PathBuf, Failure> {
    let path = asked.cloned().unwrap_or_else(|| checkout().join(file));
    write(&path, bytes)?;
    Ok(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_absent_folder_is_named_with_the_way_out() {
        let failure = Data::open(Some(PathBuf::from("/nowhere/at/all")))
            .unwrap_err()
            .0;
        assert!(failure.contains("/nowhere/at/all") && failure.contains("--data"));
    }

    #[test]
    fn examples_do_not_go_into_the_checkout() {
        let failure = write_outside_checkout(&checkout().join("misses.txt"), "")
            .unwrap_err()
            .0;
        assert!(failure.contains("checkout"));
        assert!(!checkout().join("misses.txt").exists());
    }
}
