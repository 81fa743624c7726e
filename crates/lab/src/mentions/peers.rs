//! Figures of other systems on the same sets by the same rules, measured once and kept beside their recipe.
//!
//! It does not measure: the file's head names the versions and the command.

/// The measured systems.
const FILES: &[&str] = &[include_str!("../../peers/spacy.tsv")];

/// Another system's figures.
#[derive(Debug, Clone, PartialEq)]
pub struct Peer {
    /// Its name and version.
    pub system: String,
    rows: Vec<Row>,
}

#[derive(Debug, Clone, PartialEq)]
struct Row {
    task: String,
    set: String,
    condition: String,
    measure: String,
    value: f64,
}

impl Peer {
    /// Every system that was measured.
    pub fn every() -> Vec<Self> {
        FILES
            .iter()
            .filter_map(|file| Self::parse(file).ok())
            .collect()
    }

    /// A figure: per cent for accuracies and F1. `condition` is what counts and the copy (`names plain`).
    pub fn figure(&self, task: &str, set: &str, condition: &str, measure: &str) -> Option<f64> {
        let row = self.rows.iter().find(|row| {
            row.task == task
                && row.set == set
                && row.condition == condition
                && row.measure == measure
        })?;
        Some(row.value)
    }

    /// Reads a file: a line `# system NAME`, other comments, and rows of task, set, condition, measure and value.
    fn parse(file: &str) -> Result<Self, String> {
        let mut peer = Self {
            system: String::new(),
            rows: Vec::new(),
        };
        for (line, number) in file.lines().zip(1..) {
            if let Some(comment) = line.strip_prefix('#') {
                if let Some(system) = comment.trim().strip_prefix("system ") {
                    system.clone_into(&mut peer.system);
                }
                continue;
            }
            let cells: Vec<&str> = line.split('\t').collect();
            let (&[task, set, condition, measure, _], Some(value)) = (
                cells.as_slice(),
                cells.last().and_then(|value| value.parse().ok()),
            ) else {
                return Err(format!("line {number} is no row"));
            };
            peer.rows.push(Row {
                task: task.to_owned(),
                set: set.to_owned(),
                condition: condition.to_owned(),
                measure: measure.to_owned(),
                value,
            });
        }
        if peer.system.is_empty() {
            return Err("no line names the system".to_owned());
        }
        Ok(peer)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_file_can_be_read() {
        for file in FILES {
            let peer = Peer::parse(file).unwrap();
            assert!(!peer.rows.is_empty());
        }
        assert_eq!(Peer::every().len(), FILES.len());
    }

    #[test]
    fn a_figure_is_found_by_its_names() {
        let peer =
            Peer::parse("# system Other 1.0\n# how\nmentions\tuner/dev\tnames plain\tF1\t59.1\n")
                .unwrap();
        assert_eq!(peer.system, "Other 1.0");
        assert_eq!(
            peer.figure("mentions", "uner/dev", "names plain", "F1"),
            Some(59.1)
        );
        assert_eq!(peer.figure("mentions", "uner/dev", "all plain", "F1"), None);
        assert!(Peer::parse("no row\n").is_err() && Peer::parse("").is_err());
    }
}
