//! What travels inside the binary: the lexicons and the demo collection.
//!
//! It is the one place that embeds files. It does not know what the lexicons say.

use annotate::{Knowledge, KnowledgeFiles};
use include_dir::{Dir, File, include_dir};
use std::path::Path;

static LEXICON: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/../../lexicon");
static EXAMPLES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/../../examples");

/// The lexicons that annotating needs, with the user's gazetteers on top.
#[must_use]
pub fn knowledge(gazetteers: &[&str]) -> Knowledge {
    Knowledge::parse(&KnowledgeFiles {
        abbreviations: lexicon("abbreviations.txt"),
        cues: lexicon("cues.txt"),
        words: lexicon("words.txt"),
        parties: lexicon("parties.txt"),
        demonyms: lexicon("demonyms.txt"),
        events: lexicon("events.txt"),
        quantities: lexicon("quantities.txt"),
        confidence: include_str!(concat!(
            env!("CARGO_MANIFEST_DIR"),
            "/../../models/attribution-confidence.tsv"
        )),
        gazetteer: gazetteers,
    })
}

/// The lexicons that ingesting needs. The error names the line that cannot be read.
pub fn ingest_lexicon() -> Result<ingest::Lexicon, String> {
    ingest::Lexicon::parse(lexicon("boilerplate.txt"))?.with_outlets(lexicon("outlets.txt"))
}

/// The lexicon that linking needs. The error names the line that cannot be read.
pub fn link_lexicon() -> Result<link::Lexicon, String> {
    link::Lexicon::parse(lexicon("matching.txt"))
        .map_err(|error| format!("matching line {}: {}", error.line, error.message))
}

/// Where a point ends no sentence.
#[must_use]
pub fn abbreviations() -> text::Abbreviations {
    text::Abbreviations::parse(lexicon("abbreviations.txt"))
}

/// One lexicon file; empty where it is missing, which `doctor` and a test report.
fn lexicon(name: &str) -> &'static str {
    LEXICON
        .get_file(name)
        .and_then(File::contents_utf8)
        .unwrap_or_default()
}

/// Every lexicon file, name and bytes, by name: what a reading depends on besides the document and the options.
#[must_use]
pub fn lexicon_files() -> Vec<(&'static Path, &'static [u8])> {
    all_files(&LEXICON)
        .into_iter()
        .map(|file| (file.path(), file.contents()))
        .collect()
}

/// The demo collection's documents, name and bytes, by name.
#[must_use]
pub fn example_documents() -> Vec<(&'static Path, &'static [u8])> {
    all_files(&EXAMPLES)
        .into_iter()
        .filter(|file| !is_beside(file.path()))
        .map(|file| (file.path(), file.contents()))
        .collect()
}

/// The demo collection's own gazetteers.
#[must_use]
pub fn example_gazetteers() -> Vec<&'static str> {
    all_files(&EXAMPLES)
        .into_iter()
        .filter(|file| has_extension(file.path(), "tsv"))
        .filter_map(File::contents_utf8)
        .collect()
}

/// Whether a file of the collection is not a document: a gazetteer or a note about the collection.
fn is_beside(path: &Path) -> bool {
    ["tsv", "md"]
        .iter()
        .any(|extension| has_extension(path, extension))
}

fn has_extension(path: &Path, extension: &str) -> bool {
    path.extension()
        .is_some_and(|found| found.eq_ignore_ascii_case(extension))
}

fn all_files(dir: &'static Dir<'static>) -> Vec<&'static File<'static>> {
    let mut files: Vec<&File<'_>> = dir.files().collect();
    for below in dir.dirs() {
        files.extend(all_files(below));
    }
    files.sort_by_key(|file| file.path());
    files
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lexicons_load_without_problems() {
        assert_eq!(knowledge(&example_gazetteers()).problems(), [""; 0]);
        assert!(ingest_lexicon().is_ok());
        assert!(link_lexicon().is_ok());
        assert!(
            lexicon_files()
                .iter()
                .all(|(_, bytes)| std::str::from_utf8(bytes).is_ok_and(|text| !text.is_empty()))
        );
    }

    #[test]
    fn the_demo_collection_is_built_in() {
        assert!(example_documents().len() > 5);
        assert_eq!(example_gazetteers().len(), 1);
    }
}
