//! What `read`, `extract` and `inspect` share: from options to a job for the pipeline.
//!
//! It does not know what becomes of the results.

use super::layers::{Layers, layers};
use super::watchlist::watchlists;
use crate::args::Reading;
use crate::assets;
use crate::failure::Failure;
use crate::output;
use crate::pipeline::{Job, Progress, Source, Wanted, ingest_source, meanwhile, sources};
use annotate::Knowledge;
use ingest::{Options, Unread};
use ledger::{Found, Ledger};
use names::NameModel;
use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// The inputs, the options and the knowledge of one run.
pub struct Prepared {
    sources: Vec<Source>,
    unlisted: Vec<Unread>,
    options: Options,
    knowledge: Arc<Knowledge>,
    gazetteers: Vec<String>,
    /// A hash of the user's lists.
    watchlist: String,
    jobs: usize,
    progress: Progress,
}

impl Prepared {
    /// Lists the inputs and reads the gazetteers and watchlists. With `--published`, looks first whether it is clear which document is
    /// meant.
    pub fn new(paths: &[PathBuf], reading: &Reading) -> Result<Self, Failure> {
        let Layers { texts, problems } = layers(&reading.gazetteer)?;
        let gazetteers = texts;
        let layers: Vec<&str> = gazetteers.iter().map(String::as_str).collect();
        let lists = watchlists(&reading.watchlist)?;
        let knowledge = Arc::new(assets::knowledge(&layers).with_watchlist(lists.entries));
        let problems = problems.iter().chain(&lists.problems);
        for problem in problems.chain(knowledge.problems()) {
            output::complain(problem);
        }
        let (sources, unlisted) = sources(paths);
        let mut prepared = Self {
            sources,
            unlisted,
            options: Options {
                published: None,
                published_all: reading.published_all.clone(),
                outlet: reading.outlet.clone(),
                map: reading.map.clone(),
                translated_from: reading.translated_from.clone(),
                max_document: reading.max_document,
                lexicon: ingest_lexicon()?,
            },
            knowledge,
            gazetteers,
            watchlist: lists.mark,
            jobs: reading.jobs,
            progress: Progress::unless(reading.quiet),
        };
        if let Some(day) = &reading.published {
            prepared.date_the_undated(day)?;
        }
        Ok(prepared)
    }

    /// The lexicons and weights.
    #[must_use]
    pub fn knowledge(&self) -> Arc<Knowledge> {
        Arc::clone(&self.knowledge)
    }

    /// A hash over everything that can change a reading besides the document: the program's version, the lexicons, the
    /// weights, the gazetteers, the watchlists and the options.
    #[must_use]
    pub fn fingerprint(&self) -> String {
        let mut all = Vec::new();
        // Each part with its length before it, so that no two lists of parts look alike.
        let mut part = |bytes: &[u8]| {
            all.extend_from_slice(&(bytes.len() as u64).to_be_bytes());
            all.extend_from_slice(bytes);
        };
        part(env!("CARGO_PKG_VERSION").as_bytes());
        for (path, bytes) in assets::lexicon_files() {
            part(path.as_os_str().as_encoded_bytes());
            part(bytes);
        }
        for (path, length, end) in assets::weight_files() {
            part(path.as_os_str().as_encoded_bytes());
            part(&length.to_be_bytes());
            part(end);
        }
        let (length, end) = assets::gazetteer_mark();
        part(&length.to_be_bytes());
        part(end);
        for gazetteer in &self.gazetteers {
            part(b"gazetteer");
            part(gazetteer.as_bytes());
        }
        part(self.watchlist.as_bytes());
        let options = &self.options;
        let single = [
            &options.published,
            &options.published_all,
            &options.outlet,
            &options.translated_from,
        ];
        for option in single {
            part(option.as_deref().map_or(b"-".as_slice(), |_| b"+"));
            part(option.as_deref().unwrap_or_default().as_bytes());
        }
        for (field, column) in &options.map {
            part(field.as_bytes());
            part(column.as_bytes());
        }
        text::content_hash(&all)
    }

    /// Names what could not even be listed, where there is nothing else; gives how many there were.
    #[must_use]
    pub fn nothing_listed(&self) -> Option<u64> {
        if !self.sources.is_empty() {
            return None;
        }
        self.unlisted.iter().for_each(output::name_unread);
        Some(self.unlisted.len() as u64)
    }

    /// The inputs' paths, as the user named them or as found below a folder that the user named.
    #[must_use]
    pub fn paths(&self) -> Vec<String> {
        self.sources.iter().map(Source::path).collect()
    }

    /// The job for the pipeline.
    #[must_use]
    pub fn job(self, wanted: Wanted) -> Job {
        Job {
            sources: self.sources,
            unlisted: self.unlisted,
            options: self.options,
            knowledge: self.knowledge,
            wanted,
            jobs: self.jobs,
            progress: self.progress,
        }
    }

    /// `--published` names the day of the one document without a date. Which one that is shows only once all are read:
    /// they are ingested here and, where one is undated, ingested again with the day.
    fn date_the_undated(&mut self, day: &str) -> Result<(), Failure> {
        self.hold_standard_input()?;
        let mut undated: Vec<String> = Vec::new();
        for source in &self.sources {
            ingest_source(source, &self.options, &mut |found| {
                let Ok(found) = found else { return };
                if found.document.meta.published.is_none() {
                    let sighting = found.document.sightings.first();
                    let path = sighting.and_then(|sighting| sighting.path.clone());
                    undated.push(path.unwrap_or(found.document.id));
                }
            });
        }
        match undated.as_slice() {
            [] => output::complain(&format!(
                "--published {day} is not used: every document has a date of its own (--published-all {day} would replace them)"
            )),
            [_] => self.options.published = Some(day.to_owned()),
            [first, second, ..] => {
                return Err(Failure::Usage(format!(
                    "--published {day} would date one document, but {} have no date ({first}, {second}{}); read them one by one, or give all documents this day with --published-all {day}",
                    undated.len(),
                    if undated.len() > 2 { ", …" } else { "" }
                )));
            }
        }
        Ok(())
    }

    /// Standard input can be read once: its bytes are kept for the second time.
    fn hold_standard_input(&mut self) -> Result<(), Failure> {
        for source in &mut self.sources {
            if let Source::File(input) = source
                && input.path == Path::new("-")
            {
                let mut bytes = Vec::new();
                std::io::stdin()
                    .lock()
                    .read_to_end(&mut bytes)
                    .map_err(|error| {
                        Failure::Usage(format!("standard input could not be read: {error}"))
                    })?;
                *source = Source::Bytes(input.path.clone(), bytes.into());
            }
        }
        Ok(())
    }
}

/// The built-in lexicons of ingesting.
pub fn ingest_lexicon() -> Result<ingest::Lexicon, Failure> {
    assets::ingest_lexicon().map_err(broken_lexicon)
}

/// Grounds the times of documents by the dates that they have now, which judgements may have given or taken back.
pub fn redate(
    ledger: &mut Ledger,
    documents: &[String],
    knowledge: &Knowledge,
) -> Result<(), Failure> {
    let mut redated = Vec::new();
    for id in documents {
        let Found::One(mut reading) = ledger.document(id)? else {
            continue;
        };
        let before = reading.annotations.clone();
        annotate::redate(&reading.document, &mut reading.annotations, knowledge);
        if reading.annotations != before {
            redated.push(reading);
        }
    }
    ledger.put_annotations(&redated)?;
    Ok(())
}

/// Makes a ledger's links anew where they do not follow from what it holds.
pub fn relink(
    ledger: &mut Ledger,
    names: Option<&NameModel>,
    progress: Progress,
) -> Result<(), Failure> {
    if ledger.links_are_current()? {
        return Ok(());
    }
    let lexicon = assets::link_lexicon().map_err(broken_lexicon)?;
    meanwhile("linking", progress, || ledger.relink(&lexicon, names))?;
    Ok(())
}

fn broken_lexicon(error: String) -> Failure {
    Failure::Unusable(format!(
        "a built-in lexicon cannot be read ({error}); install the program again"
    ))
}
