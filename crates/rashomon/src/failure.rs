//! How a command ends: its exit code and its one line on stderr.
//!
//! It does not know the commands.

use std::fmt;
use std::io;

/// How a command that ran to its end ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Done {
    /// Everything was done.
    Whole,
    /// Some documents could not be read; each was named.
    SomeUnread,
}

impl Done {
    /// The exit code.
    #[must_use]
    pub fn code(self) -> u8 {
        match self {
            Self::Whole => 0,
            Self::SomeUnread => 1,
        }
    }

    /// What follows from a number of inputs that could not be read.
    #[must_use]
    pub fn with_unread(unread: u64) -> Self {
        if unread == 0 {
            Self::Whole
        } else {
            Self::SomeUnread
        }
    }
}

/// Why a command stopped before its end.
#[derive(Debug)]
pub enum Failure {
    /// The command line asks for something that cannot be: what, and what to write instead.
    Usage(String),
    /// The ledger or the installation cannot be used: what happened and what to do.
    Unusable(String),
    /// Nothing can be written to the output.
    Output(io::Error),
    /// Whoever read the output stopped reading (`| head`). Nothing to complain about.
    ReaderGone,
}

impl Failure {
    /// The exit code.
    #[must_use]
    pub fn code(&self) -> u8 {
        match self {
            Self::Usage(_) => 2,
            Self::Unusable(_) | Self::Output(_) => 3,
            Self::ReaderGone => 0,
        }
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Usage(what) | Self::Unusable(what) => f.write_str(what),
            Self::Output(error) => write!(
                f,
                "the output could not be written: {error}; make room or choose another place, then run the command again"
            ),
            Self::ReaderGone => f.write_str("the output is no longer read"),
        }
    }
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        if error.kind() == io::ErrorKind::BrokenPipe {
            Self::ReaderGone
        } else {
            Self::Output(error)
        }
    }
}

impl From<serde_json::Error> for Failure {
    fn from(error: serde_json::Error) -> Self {
        Self::from(io::Error::from(error))
    }
}

impl From<csv::Error> for Failure {
    fn from(error: csv::Error) -> Self {
        match error.into_kind() {
            csv::ErrorKind::Io(error) => Self::from(error),
            other => Self::Output(io::Error::other(format!("{other:?}"))),
        }
    }
}

impl From<ledger::Error> for Failure {
    fn from(error: ledger::Error) -> Self {
        Self::Unusable(error.message)
    }
}

/// What a command gives.
pub type Outcome = Result<Done, Failure>;
