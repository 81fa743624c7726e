//! What travels inside the binary: the lexicons, the weights, the gazetteer and the demo collection.
//!
//! It is the one place that embeds files. It does not know what the lexicons say.

use annotate::{Knowledge, KnowledgeFiles};
use gazetteer::{Damage, Gazetteer};
use include_dir::{Dir, File, include_dir};
use names::{NameFiles, NameModel};
use std::borrow::Cow;
use std::path::Path;

static LEXICON: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/../../lexicon");
static MODELS: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/../../models");
static EXAMPLES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/../../examples");
/// What `build.rs` unpacked.
static PLACES: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/places.bin"));

/// The gazetteer, opened in place.
///
/// # Errors
/// When the program was built from a damaged file.
pub fn gazetteer() -> Result<Gazetteer, Damage> {
    Gazetteer::from_bytes(Cow::Borrowed(PLACES))
}

/// The lexicons that annotating needs, and the gazetteer with the user's layers above it.
#[must_use]
pub fn knowledge(layers: &[&str]) -> Knowledge {
    let knowledge = Knowledge::parse(&KnowledgeFiles {
        segmenter: segmenter_files(),
        cues: lexicon("cues.txt"),
        words: lexicon("words.txt"),
        parties: lexicon("parties.txt"),
        demonyms: lexicon("demonyms.txt"),
        nominals: lexicon("nominals.txt"),
        events: lexicon("events.txt"),
        commitment: lexicon("commitment.txt"),
        commitment_weights: table("commitment.tsv"),
        event_weights: weights("events.bin"),
        cameo: table("cameo.tsv"),
        acts: lexicon("acts.txt"),
        stances: lexicon("stances.txt"),
        times: lexicon("times.txt"),
        quantities: lexicon("quantities.txt"),
        narration: lexicon("narration.txt"),
        verification: lexicon("verification.txt"),
        confidence: table("attribution-confidence.tsv"),
        sources: table("sources.tsv"),
        syntax: syntax::ModelFiles {
            word_classes: weights("word-classes.bin"),
            tags: weights("tags.bin"),
            lemmas: weights("lemmas.bin"),
            tree: weights("tree.bin"),
        },
        mentions: weights("mentions.bin"),
        attributions: weights("attributions.bin"),
        act_weights: weights("acts.bin"),
        names: name_files(),
        places: lexicon("places.txt"),
        place_weights: table("places.tsv"),
        layers,
    });
    // A damaged one is named by `doctor`.
    match gazetteer() {
        Ok(gazetteer) => knowledge.with_gazetteer(gazetteer),
        Err(_) => knowledge,
    }
}

/// The lexicons that ingesting needs. The error names the line that cannot be read.
pub fn ingest_lexicon() -> Result<ingest::Lexicon, String> {
    ingest::Lexicon::parse(lexicon("boilerplate.txt"))?.with_outlets(lexicon("outlets.txt"))
}

/// The lexicon that linking needs. The error names the line that cannot be read.
pub fn link_lexicon() -> Result<link::Lexicon, String> {
    let mut problems = Vec::new();
    let states = annotate::Demonyms::parse(
        lexicon("demonyms.txt"),
        lexicon("parties.txt"),
        &mut problems,
    );
    if let Some(problem) = problems.first() {
        return Err(problem.clone());
    }
    link::Lexicon::parse(lexicon("matching.txt"))
        .map(|lexicon| lexicon.with_states(states))
        .map_err(|error| format!("matching {error}"))
}

/// What answers are read by. The error names what cannot be read.
pub fn matching() -> Result<link::answers::Matching, String> {
    use link::answers::{Matching, Rarity, Weights};
    let weights =
        Weights::parse(table("matching.tsv")).map_err(|error| format!("matching.tsv {error}"))?;
    Matching::parse(
        lexicon("answers.txt"),
        Rarity::parse(table("stems.tsv")),
        weights,
    )
    .map_err(|error| format!("answers {error}"))
}

/// What types of events are called in other codebooks.
#[must_use]
pub fn event_maps() -> &'static str {
    lexicon("event-maps.txt")
}

/// What names are compared with. The error says what is damaged.
pub fn names() -> Result<NameModel, String> {
    NameModel::parse(&name_files())
}

fn name_files() -> NameFiles<'static> {
    NameFiles {
        weights: weights("names.bin"),
        dictionary: weights("names-dictionary.bin"),
        lexicon: lexicon("names.txt"),
    }
}

/// What sentences and tokens are found with.
#[must_use]
pub fn segmenter() -> text::Segmenter {
    text::Segmenter::parse(&segmenter_files())
}

fn segmenter_files() -> text::SegmenterFiles<'static> {
    text::SegmenterFiles {
        abbreviations: lexicon("abbreviations.txt"),
        tokens: lexicon("tokens.txt"),
    }
}

/// One table of `models/`; empty where it is missing.
fn table(name: &str) -> &'static str {
    MODELS
        .get_file(name)
        .and_then(File::contents_utf8)
        .unwrap_or_default()
}

/// One lexicon file; empty where it is missing, which `doctor` and a test report.
fn lexicon(name: &str) -> &'static str {
    LEXICON
        .get_file(name)
        .and_then(File::contents_utf8)
        .unwrap_or_default()
}

/// One weight file; empty where it is missing, which a test reports.
fn weights(name: &str) -> &'static [u8] {
    MODELS.get_file(name).map_or(&[], File::contents)
}

/// Every lexicon file, name and bytes, by name: what a reading depends on besides the document and the options.
#[must_use]
pub fn lexicon_files() -> Vec<(&'static Path, &'static [u8])> {
    all_files(&LEXICON)
        .into_iter()
        .map(|file| (file.path(), file.contents()))
        .collect()
}

/// Every weight file with what tells it from another of its kind: its length and its last bytes, which hold a checksum; of
/// a table of text, all of it.
#[must_use]
pub fn weight_files() -> Vec<(&'static Path, u64, &'static [u8])> {
    let files = all_files(&MODELS).into_iter();
    files
        .filter(|file| !has_extension(file.path(), "md"))
        .map(|file| {
            let bytes = file.contents();
            let end = if has_extension(file.path(), "bin") {
                bytes.len().saturating_sub(4)
            } else {
                0
            };
            (file.path(), bytes.len() as u64, &bytes[end..])
        })
        .collect()
}

/// What tells the gazetteer from another: its length and its last bytes, which hold a checksum.
#[must_use]
pub fn gazetteer_mark() -> (u64, &'static [u8]) {
    (
        PLACES.len() as u64,
        &PLACES[PLACES.len().saturating_sub(4)..],
    )
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
        assert!(matching().is_ok());
        assert!(names().is_ok());
        assert!(
            lexicon_files()
                .iter()
                .all(|(_, bytes)| std::str::from_utf8(bytes).is_ok_and(|text| !text.is_empty()))
        );
    }

    #[test]
    fn the_gazetteer_is_built_in() {
        let gazetteer = gazetteer().unwrap();
        assert!(gazetteer.len() > 250_000);
        let capitals = gazetteer
            .exact("kabul")
            .filter_map(|named| gazetteer.place(named.place));
        assert!(
            capitals
                .into_iter()
                .any(|place| place.id.to_string() == "geonames:1138958" && place.country == "AF")
        );
    }

    #[test]
    fn the_demo_collection_is_built_in() {
        assert!(example_documents().len() > 5);
        assert_eq!(example_gazetteers().len(), 1);
    }
}
