//! The binary: parses the command line, runs one command, and ends with its exit code.
//!
//! It does not know how documents are read or linked; the crates below do that.

mod args;
mod assets;
mod commands;
mod contents;
mod failure;
mod filters;
mod lines;
mod output;
mod pipeline;
mod view;

use clap::Parser;
use failure::Failure;
use std::process::ExitCode;

fn main() -> ExitCode {
    let done = match args::Cli::try_parse() {
        Ok(cli) => commands::run(&cli.command),
        Err(error) => match args::missing(&error) {
            Some(name) => Err(Failure::Usage(format!("this version has no `{name}` yet"))),
            None => error.exit(),
        },
    };
    let code = match done {
        Ok(done) => done.code(),
        Err(failure) => {
            if !matches!(failure, Failure::ReaderGone) {
                output::complain(&failure.to_string());
            }
            failure.code()
        }
    };
    ExitCode::from(code)
}
