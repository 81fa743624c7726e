//! Records as text for people: one form of claim line everywhere, disputes, lists, coverage.
//!
//! It does not know the ledger's file or the command line. Nothing in it says which side is right; what a colour says,
//! a word says too.

pub mod answer;
pub mod claim_line;
pub mod coverage;
pub mod dispute;
pub mod entity;
pub mod event;
pub mod record;
pub mod row;
pub mod terminal;

#[cfg(test)]
pub mod fixture;
