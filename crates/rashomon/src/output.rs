//! Standard output and standard error: lines out, complaints beside them.
//!
//! It does not know what the lines say.

use crate::failure::Failure;
use crate::view::terminal::{Terminal, is_hidden, shown};
use serde::Serialize;
use std::io::{self, BufWriter, StdoutLock, Write};

/// Standard output, buffered, with the terminal's width and colours.
#[derive(Debug)]
pub struct Output {
    to: BufWriter<StdoutLock<'static>>,
    /// What the terminal can do.
    pub terminal: Terminal,
}

impl Output {
    /// Standard output.
    #[must_use]
    pub fn stdout() -> Self {
        Self {
            to: BufWriter::with_capacity(1 << 16, io::stdout().lock()),
            terminal: Terminal::of_stdout(),
        }
    }

    /// One line of text, already safe to show.
    pub fn line(&mut self, text: &str) -> Result<(), Failure> {
        self.to.write_all(text.as_bytes())?;
        self.to.write_all(b"\n")?;
        Ok(())
    }

    /// Several lines of text, already safe to show.
    pub fn lines<S: AsRef<str>>(&mut self, lines: &[S]) -> Result<(), Failure> {
        lines.iter().try_for_each(|line| self.line(line.as_ref()))
    }

    /// One JSON object on a line of its own.
    pub fn json(&mut self, record: &impl Serialize) -> Result<(), Failure> {
        let mut line = serde_json::Serializer::with_formatter(&mut self.to, Escaping);
        record.serialize(&mut line)?;
        self.to.write_all(b"\n")?;
        Ok(())
    }

    /// Where a CSV writer writes.
    pub fn raw(&mut self) -> &mut impl Write {
        &mut self.to
    }

    /// Hands on what is buffered, so that whoever reads a pipe sees each document when it is done. A full disk shows
    /// here at the latest: every command calls it before it ends.
    pub fn flush(&mut self) -> Result<(), Failure> {
        Ok(self.to.flush()?)
    }
}

/// JSON in which control and direction characters stand as `\u…`, so that a line is safe on a terminal too. The values
/// are the same.
struct Escaping;

impl serde_json::ser::Formatter for Escaping {
    fn write_string_fragment<W>(&mut self, writer: &mut W, fragment: &str) -> io::Result<()>
    where
        W: ?Sized + Write,
    {
        let mut rest = fragment;
        while let Some(at) = rest.find(is_hidden) {
            writer.write_all(&rest.as_bytes()[..at])?;
            let mut letters = rest[at..].chars();
            if let Some(letter) = letters.next() {
                let mut units = [0; 2];
                for unit in letter.encode_utf16(&mut units) {
                    write!(writer, "\\u{unit:04x}")?;
                }
            }
            rest = letters.as_str();
        }
        writer.write_all(rest.as_bytes())
    }
}

/// One line on stderr. That stderr cannot be written is nobody's to know.
pub fn complain(message: &str) {
    let _ = writeln!(io::stderr().lock(), "rashomon: {}", shown(message));
}

/// One line on stderr for an input that could not be read: `path: reason`.
pub fn name_unread(unread: &ingest::Unread) {
    let _ = writeln!(
        io::stderr().lock(),
        "{}: {}",
        shown(&unread.path),
        shown(&unread.reason)
    );
}

/// One line on stderr beside output for programs.
pub fn beside(message: &str) {
    let _ = writeln!(io::stderr().lock(), "{message}");
}
