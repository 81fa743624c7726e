//! `Python`: the scripts of `crates/lab/peers` run by a Python, and a virtual environment that has what they need.
//!
//! It does not know what the scripts say.

use crate::data::{self, Failure};
use std::ffi::OsStr;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

/// What the scripts need, `name==version` in each line.
const REQUIREMENTS: &str = include_str!("../../peers/requirements.txt");

/// The file that marks an environment which was made here.
const OURS: &str = "made-by-lab-peers";

/// Prints those of its arguments, `name==version`, that are not installed.
const MISSING: &str = "\
import importlib.metadata as packages, sys
for wanted in sys.argv[1:]:
    name, version = wanted.split('==')
    try:
        found = packages.version(name)
    except packages.PackageNotFoundError:
        found = None
    if found != version:
        print(wanted)
";

/// A Python that can be started.
#[derive(Debug, Clone)]
pub struct Python {
    program: PathBuf,
}

impl Python {
    /// The one that this path or name starts.
    pub fn new(program: &Path) -> Self {
        Self {
            program: program.to_owned(),
        }
    }

    /// The Python of a virtual environment with what the scripts need. It is made by `base` where the folder is not there, and
    /// filled from the package index; into one that somebody else made nothing is put.
    pub fn in_environment(folder: &Path, base: &Path) -> Result<Self, Failure> {
        let inside = if cfg!(windows) {
            "Scripts/python.exe"
        } else {
            "bin/python"
        };
        let python = Self::new(&folder.join(inside));
        if !python.program.exists() {
            eprintln!("lab: making a virtual environment in {}", folder.display());
            let was_there = folder.exists();
            let arguments = [OsStr::new("-m"), OsStr::new("venv"), folder.as_os_str()];
            Self::new(base).said(&arguments).map_err(|why| {
                if !was_there {
                    // Half an environment would be taken for a whole one the next time; where it stays, that is said then.
                    let _ = std::fs::remove_dir_all(folder);
                }
                Failure(format!(
                    "no virtual environment could be made in {} ({why}); name a Python of at least 3.9 that has the module venv \
                     with --python PYTHON, or an environment that is there with --environment DIR",
                    folder.display()
                ))
            })?;
            std::fs::write(folder.join(OURS), "").map_err(|error| {
                Failure(format!("{} cannot be written: {error}", folder.display()))
            })?;
        }
        let missing = python.missing()?;
        if missing.is_empty() {
            return Ok(python);
        }
        if !folder.join(OURS).exists() {
            return Err(Failure(format!(
                "{} has not got {}, and it was not made here; install that there, or name a folder that is not there yet with \
                 --environment DIR",
                folder.display(),
                missing.join(", ")
            )));
        }
        eprintln!(
            "lab: installing {} in {}; this takes minutes and 600 MB, once",
            missing.join(", "),
            folder.display()
        );
        let pip = [
            "-m",
            "pip",
            "install",
            "--quiet",
            "--disable-pip-version-check",
        ];
        let arguments = pip.into_iter().chain(requirements()).map(OsStr::new);
        python
            .said(&arguments.collect::<Vec<&OsStr>>())
            .map_err(|why| {
                Failure(format!(
                    "{} could not be installed in {} ({why}); run this where a package index can be reached, or name an environment \
                     that has what {} lists with --environment DIR",
                    missing.join(", "),
                    folder.display(),
                    script("requirements.txt").display()
                ))
            })?;
        let missing = python.missing()?;
        if missing.is_empty() {
            Ok(python)
        } else {
            Err(Failure(format!(
                "{} has not got {} although pip was content; delete the folder and run this again",
                folder.display(),
                missing.join(", ")
            )))
        }
    }

    /// What a script of `crates/lab/peers` prints when it is given these arguments and, as its standard input, these lines.
    pub fn script(&self, name: &str, arguments: &[&OsStr], lines: &str) -> Result<String, Failure> {
        let path = script(name);
        let mut all: Vec<&OsStr> = vec![OsStr::new("-B"), path.as_os_str()];
        all.extend(arguments);
        self.answer(&all, lines).map_err(|why| {
            Failure(format!(
                "{} did not measure with {} ({why}); it needs what {} lists: `lab peers` makes an environment that has it",
                path.display(),
                self.program.display(),
                script("requirements.txt").display()
            ))
        })
    }

    /// The required packages that it has not got in the required version.
    fn missing(&self) -> Result<Vec<String>, Failure> {
        let mut arguments = vec!["-c", MISSING];
        arguments.extend(requirements());
        let arguments: Vec<&OsStr> = arguments.into_iter().map(OsStr::new).collect();
        let said = self.said(&arguments).map_err(|why| {
            Failure(format!(
                "{} does not work ({why}); delete its environment, or name another one with --environment DIR",
                self.program.display()
            ))
        })?;
        Ok(said.lines().map(str::to_owned).collect())
    }

    fn said(&self, arguments: &[&OsStr]) -> Result<String, String> {
        self.answer(arguments, "")
    }

    /// Standard output; or else why there is none.
    fn answer(&self, arguments: &[&OsStr], lines: &str) -> Result<String, String> {
        let run = || -> std::io::Result<Output> {
            let mut child = Command::new(&self.program)
                .args(arguments)
                .stdin(Stdio::piped())
                .stdout(Stdio::piped())
                .stderr(Stdio::piped())
                .spawn()?;
            if let Some(mut input) = child.stdin.take() {
                // A program that ends without reading its input has the reason on its standard error.
                let _ = input.write_all(lines.as_bytes());
            }
            child.wait_with_output()
        };
        let output = run()
            .map_err(|error| format!("{} cannot be started: {error}", self.program.display()))?;
        if output.status.success() {
            String::from_utf8(output.stdout).map_err(|_| "its output is not UTF-8".to_owned())
        } else {
            let stdout = String::from_utf8_lossy(&output.stdout);
            let stderr = String::from_utf8_lossy(&output.stderr);
            // The reason stands last; what comes before is how it got there.
            let line = |text: &str| text.trim().lines().last().map(str::to_owned);
            Err(line(&stderr)
                .or_else(|| line(&stdout))
                .unwrap_or_else(|| output.status.to_string()))
        }
    }
}

fn requirements() -> impl Iterator<Item = &'static str> {
    REQUIREMENTS.lines().filter(|line| !line.is_empty())
}

fn script(name: &str) -> PathBuf {
    data::checkout().join("crates/lab/peers").join(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_requirement_is_pinned() {
        assert!(requirements().count() >= 3);
        assert!(requirements().all(|line| line.split("==").count() == 2));
    }

    #[test]
    fn what_is_wrong_is_said_with_the_way_out() {
        let nowhere = Path::new("/nowhere/at/all");
        let made = Python::in_environment(nowhere, &nowhere.join("python"))
            .unwrap_err()
            .0;
        assert!(
            made.contains("/nowhere/at/all") && made.contains("--python"),
            "{made}"
        );
        let run = Python::new(nowhere)
            .script("none.py", &[], "")
            .unwrap_err()
            .0;
        assert!(
            run.contains("cannot be started") && run.contains("lab peers"),
            "{run}"
        );
    }
}
