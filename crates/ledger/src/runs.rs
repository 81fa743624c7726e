//! Runs of `read`: which documents each brought, from the log and the order in which documents came.
//!
//! A document that was read anew stays with the run that brought it. It does not know what follows from a run.

use crate::error::Sql;
use crate::log::{self, LogLine};
use rusqlite::Connection;

/// What one run added.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Run {
    /// When it began to: RFC 3339.
    pub at: String,
    /// `Document::id` of each document that was new, in the order in which they came.
    pub documents: Vec<String>,
}

/// Every run that added documents, oldest first. A run that was interrupted and taken up again is one: it ends with linking.
pub(crate) fn all(connection: &Connection) -> Sql<Vec<Run>> {
    let mut documents = connection
        .prepare_cached("SELECT id FROM documents ORDER BY key")?
        .query_map([], |row| row.get(0))?
        .collect::<Sql<Vec<String>>>()?
        .into_iter();
    let counts = counts(&log::lines(connection)?);
    let runs = counts.into_iter().map(|(at, count)| Run {
        at,
        documents: documents.by_ref().take(count).collect(),
    });
    Ok(runs.collect())
}

/// When each run began, and how many documents it added.
fn counts(lines: &[LogLine]) -> Vec<(String, usize)> {
    let mut runs: Vec<(String, usize)> = Vec::new();
    let mut is_open = false;
    for line in lines {
        if line.what == "linked" {
            is_open = false;
        }
        let added = line
            .detail
            .split_once(" added")
            .filter(|_| line.what == "read");
        let Some(added) = added.and_then(|(added, _)| added.parse::<usize>().ok()) else {
            continue;
        };
        match runs.last_mut().filter(|_| is_open) {
            Some((_, count)) => *count += added,
            None if added > 0 => {
                runs.push((line.at.clone(), added));
                is_open = true;
            }
            None => {}
        }
    }
    runs
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_run_ends_with_linking() {
        let line = |what: &str, detail: &str| LogLine {
            at: detail.to_owned(),
            what: what.to_owned(),
            detail: detail.to_owned(),
        };
        let lines = [
            line("created", "schema version 6"),
            line("read", "3 added, 0 sighted again, 0 read anew"),
            line("read", "2 added, 1 sighted again, 0 read anew"),
            line("linked", "1 entities, 0 matters"),
            line("read", "0 added, 0 sighted again, 5 read anew"),
            line("linked", "1 entities, 0 matters"),
            line("read", "4 added, 0 sighted again, 0 read anew"),
        ];
        let runs: Vec<usize> = counts(&lines).into_iter().map(|(_, count)| count).collect();
        assert_eq!(runs, [5, 4]);
    }
}
