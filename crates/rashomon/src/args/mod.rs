//! Commands and options, as types.
//!
//! It does not know what the commands do. Every command's `--help` ends with examples; a test holds it to that.

mod examples;
mod values;

use crate::commands::Codes;
use clap::error::{ContextKind, ContextValue};
use clap::{Args, Parser, Subcommand, ValueEnum};
use examples::*;
use std::path::PathBuf;
use text::vocabulary;
pub use values::{Since, published, verb};
use values::{act, first_day, language, last_day, mapping, since, size};

pub use values::MAX_DOCUMENT;

/// Reads conflict news and keeps a ledger of who said what, where, when and through whom. It does not know what is true.
#[derive(Debug, Parser)]
#[command(name = "rashomon", version, max_term_width = 100, after_help = MAIN_EXAMPLES, disable_help_flag = true)]
pub struct Cli {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
    /// Print help
    // One form of help, the short one: the long one needs four lines an option and says no more.
    #[arg(long, short, global = true, action = clap::ArgAction::HelpShort)]
    help: Option<bool>,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Show the main job on the built-in collection, in a ledger that is thrown away afterwards
    #[command(after_help = DEMO_EXAMPLES)]
    Demo(Demo),
    /// Add documents to a ledger, link them, and print what is new
    #[command(after_help = READ_EXAMPLES)]
    Read(Read),
    /// Print the claims of documents, without a ledger
    #[command(after_help = EXTRACT_EXAMPLES)]
    Extract(Extract),
    /// Say which claims affirm, deny or doubt a sentence, or offer something else instead
    #[command(after_help = ASK_EXAMPLES)]
    Ask(Ask),
    /// List the questions that the documents answer differently
    #[command(after_help = DISPUTES_EXAMPLES)]
    Disputes(Disputes),
    /// List who said what
    #[command(after_help = CLAIMS_EXAMPLES)]
    Claims(Claims),
    /// List what is said to have happened, a row for each candidate event across documents
    #[command(after_help = EVENTS_EXAMPLES)]
    Events(Events),
    /// List people, bodies and places
    #[command(after_help = ENTITIES_EXAMPLES)]
    Entities(Entities),
    /// List the documents of a ledger
    #[command(after_help = DOCUMENTS_EXAMPLES)]
    Documents(Documents),
    /// Print one document, claim, entity or dispute whole
    #[command(after_help = SHOW_EXAMPLES)]
    Show(Show),
    /// Say why a claim, an entity or a dispute is what it is
    #[command(after_help = EXPLAIN_EXAMPLES)]
    Explain(Explain),
    /// Decide who is who: two entities are one or are not, a name is another's; undone by `retract`
    #[command(after_help = JUDGE_EXAMPLES)]
    Judge(Judge),
    /// Say what moved between two ledgers
    #[command(after_help = DIFF_EXAMPLES)]
    Diff(Diff),
    /// Say how one text answers another, or which pairs of names are one name
    #[command(after_help = COMPARE_EXAMPLES)]
    Compare(Compare),
    /// Print one stage of the reading of one file
    #[command(after_help = INSPECT_EXAMPLES)]
    Inspect(Inspect),
    /// Check the installation and the ledger
    #[command(after_help = DOCTOR_EXAMPLES)]
    Doctor(Doctor),
}

/// Commands that the contract names and this version does not have.
const NOT_YET: &[&str] = &[
    "serve", "report", "export", "merge", "versions", "redact", "verify", "mcp",
];

/// The command that is asked for and is still missing, where that is what is wrong.
#[must_use]
pub fn missing(error: &clap::Error) -> Option<String> {
    match error.get(ContextKind::InvalidSubcommand) {
        Some(ContextValue::String(name)) if NOT_YET.contains(&name.as_str()) => Some(name.clone()),
        _ => None,
    }
}

/// Options of `demo`.
#[derive(Debug, Args)]
pub struct Demo {
    /// How to print
    #[arg(long, value_enum, default_value_t = TextOrLines::Text)]
    pub format: TextOrLines,
    /// Documents read at the same time; 0 is one for each processor
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub jobs: usize,
    /// No progress bar
    #[arg(long, short)]
    pub quiet: bool,
}

/// Options of `read`.
#[derive(Debug, Args)]
pub struct Read {
    /// Files, folders, feeds, JSONL, or - for standard input
    #[arg(required = true, value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    /// The ledger; made where there is none
    #[arg(long, value_name = "FILE", default_value = DEFAULT_LEDGER)]
    pub ledger: PathBuf,
    /// How documents are read.
    #[command(flatten)]
    pub reading: Reading,
    /// Keep the documents' raw bytes in the ledger
    #[arg(long)]
    pub keep_raw: bool,
    /// How to print what is new
    #[arg(long, value_enum, default_value_t = TextOrLines::Text)]
    pub format: TextOrLines,
}

/// Options of `extract`.
#[derive(Debug, Args)]
pub struct Extract {
    /// Files, folders, feeds, JSONL, or - for standard input
    #[arg(required = true, value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    /// How documents are read.
    #[command(flatten)]
    pub reading: Reading,
    /// How to print
    #[arg(long, value_enum, default_value_t = TextOrLines::Jsonl)]
    pub format: TextOrLines,
    /// Put each document's text on its line
    #[arg(long)]
    pub with_text: bool,
    /// Claims of which voice
    #[arg(long, value_enum, default_value_t = VoiceChoice::All)]
    pub voice: VoiceChoice,
    /// Claims of which standing
    #[arg(long, value_enum, default_value_t = StandingChoice::All)]
    pub standing: StandingChoice,
}

/// Options of `ask`.
#[derive(Debug, Args)]
pub struct Ask {
    /// The sentence, as somebody would say it; a day in it narrows it ("… on 6 September 2021")
    pub sentence: String,
    /// Only what was said and published until this day (2021, 2021-09, 2021-09-06)
    #[arg(long, value_name = "DATE", value_parser = last_day)]
    pub as_of: Option<String>,
    /// Also claims that take it up without a stance, or tell of what is to come or may be
    #[arg(long)]
    pub all: bool,
    /// The ledger
    #[arg(long, value_name = "FILE", default_value = DEFAULT_LEDGER)]
    pub ledger: PathBuf,
    /// How to print
    #[arg(long, value_enum, default_value_t = TextOrLines::Text)]
    pub format: TextOrLines,
    /// No coverage on stderr beside jsonl
    #[arg(long, short)]
    pub quiet: bool,
}

/// Options of `disputes`.
#[derive(Debug, Args)]
pub struct Disputes {
    /// What every list has.
    #[command(flatten)]
    pub list: List,
    /// Every question, contested or not
    #[arg(long)]
    pub all: bool,
    /// Only where this person, body or place answers, is asked about or takes part, by any of its spellings; or an id, en_…
    #[arg(long, value_name = "NAME")]
    pub involving: Option<String>,
    /// Order; `new`: newest new answer first
    #[arg(long, value_enum, default_value_t = DisputeOrder::New)]
    pub sort: DisputeOrder,
}

/// Options of `claims`.
#[derive(Debug, Args)]
pub struct Claims {
    /// What every list has.
    #[command(flatten)]
    pub list: List,
    /// Order; undated claims stand last
    #[arg(long, value_enum, default_value_t = ClaimOrder::Day)]
    pub sort: ClaimOrder,
}

/// Options of `events`.
#[derive(Debug, Args)]
pub struct Events {
    /// What every list has.
    #[command(flatten)]
    pub list: List,
    /// Also what is yet to come, may be, is habitual or lies far back
    #[arg(long)]
    pub all: bool,
    /// Name the types as this codebook does
    #[arg(long, value_enum)]
    pub codes: Option<Codes>,
    /// Your own codebook: kind (type or actor), ours, theirs, parted by tabs, a line each
    #[arg(long, value_name = "FILE")]
    pub codebook: Option<PathBuf>,
    /// Order; undated events stand last
    #[arg(long, value_enum, default_value_t = EventOrder::Day)]
    pub sort: EventOrder,
}

/// Options of `entities`.
#[derive(Debug, Args)]
pub struct Entities {
    /// What every list has.
    #[command(flatten)]
    pub list: List,
    /// Also who is named once and says nothing; a filter lists them too
    #[arg(long)]
    pub all: bool,
    /// Order; `mentions`: most often named first
    #[arg(long, value_enum, default_value_t = EntityOrder::Mentions)]
    pub sort: EntityOrder,
}

/// Options of `documents`.
#[derive(Debug, Args)]
pub struct Documents {
    /// What every list has.
    #[command(flatten)]
    pub list: List,
    /// Order; undated documents stand last
    #[arg(long, value_enum, default_value_t = DocumentOrder::Day)]
    pub sort: DocumentOrder,
}

/// Options of `show`.
#[derive(Debug, Args)]
pub struct Show {
    /// The id, or its beginning: ma_…, cl_…, en_…, ju_…, or a document's
    pub id: String,
    /// The ledger
    #[arg(long, value_name = "FILE", default_value = DEFAULT_LEDGER)]
    pub ledger: PathBuf,
    /// How to print
    #[arg(long, value_enum, default_value_t = TextOrLines::Text)]
    pub format: TextOrLines,
    /// Accepted everywhere; this command has no progress bar
    #[arg(long, short, hide = true)]
    pub quiet: bool,
}

/// Options of `explain`.
#[derive(Debug, Args)]
pub struct Explain {
    /// The id of a claim, an entity or a dispute, or its beginning
    pub id: String,
    /// The ledger
    #[arg(long, value_name = "FILE", default_value = DEFAULT_LEDGER)]
    pub ledger: PathBuf,
    /// Accepted everywhere; this command has no progress bar
    #[arg(long, short, hide = true)]
    pub quiet: bool,
}

/// Options of `judge`.
#[derive(Debug, Args)]
pub struct Judge {
    /// What is decided: see below
    #[arg(value_name = "VERB", value_parser = verb, required_unless_present_any = ["import", "list"])]
    pub verb: Option<ledger::Verb>,
    /// What it is about: an id, or its beginning
    #[arg(required_unless_present_any = ["import", "list"])]
    pub id: Option<String>,
    /// The other id or ids, or the value
    #[arg(value_name = "ID|VALUE")]
    pub others: Vec<String>,
    /// Who decides
    #[arg(long, value_name = "NAME", required_unless_present_any = ["import", "list"])]
    pub by: Option<String>,
    /// Why
    #[arg(long, value_name = "TEXT")]
    pub note: Option<String>,
    /// Many judgements, as CSV or JSON lines with the columns verb, id, other, value, note, by: all of them or, where one is wrong,
    /// none; - is standard input
    #[arg(long, value_name = "FILE", conflicts_with_all = ["verb", "list"])]
    pub import: Option<PathBuf>,
    /// With --import: say what would be added, and add nothing
    #[arg(long, requires = "import")]
    pub dry_run: bool,
    /// List every judgement and how it stands
    #[arg(long, conflicts_with = "verb")]
    pub list: bool,
    /// The ledger
    #[arg(long, value_name = "FILE", default_value = DEFAULT_LEDGER)]
    pub ledger: PathBuf,
    /// How to print what came of it
    #[arg(long, value_enum, default_value_t = TextOrLines::Text)]
    pub format: TextOrLines,
    /// No progress bar
    #[arg(long, short)]
    pub quiet: bool,
}

/// Options of `diff`.
#[derive(Debug, Args)]
pub struct Diff {
    /// The ledger before
    pub before: PathBuf,
    /// The ledger after
    pub after: PathBuf,
    /// How to print
    #[arg(long, value_enum, default_value_t = TextOrLines::Text)]
    pub format: TextOrLines,
    /// Rows of each kind that text prints; 0 is all
    #[arg(long, value_name = "N", default_value_t = 20)]
    pub limit: usize,
    /// Accepted everywhere; this command has no progress bar
    #[arg(long, short, hide = true)]
    pub quiet: bool,
}

/// Options of `compare`.
#[derive(Debug, Args)]
pub struct Compare {
    /// Compare names, not texts
    #[arg(long)]
    pub names: bool,
    /// Pairs as JSON lines; - is standard input
    #[arg(value_name = "FILE", default_value = "-")]
    pub file: PathBuf,
    /// Texts read at the same time; 0 is one for each processor
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub jobs: usize,
    /// Accepted everywhere; this command has no progress bar
    #[arg(long, short, hide = true)]
    pub quiet: bool,
}

/// Options of `inspect`.
#[derive(Debug, Args)]
pub struct Inspect {
    /// The stage to print
    #[arg(long, value_enum)]
    pub stage: Stage,
    /// The file, or - for standard input
    pub file: PathBuf,
    /// How documents are read.
    #[command(flatten)]
    pub reading: Reading,
    /// How to print
    #[arg(long, value_enum, default_value_t = TextOrLines::Text)]
    pub format: TextOrLines,
}

/// Options of `doctor`.
#[derive(Debug, Args)]
pub struct Doctor {
    /// The ledger
    #[arg(long, value_name = "FILE", default_value = DEFAULT_LEDGER)]
    pub ledger: PathBuf,
    /// Places and names of your own (TSV, or GeoJSON with features that have a name), checked as the others are
    #[arg(long, value_name = "FILE")]
    pub gazetteer: Vec<PathBuf>,
    /// Your own list of people and bodies, checked likewise
    #[arg(long, value_name = "FILE")]
    pub watchlist: Vec<PathBuf>,
    /// Accepted everywhere; this command has no progress bar
    #[arg(long, short, hide = true)]
    pub quiet: bool,
}

/// How documents are read.
#[derive(Debug, Args)]
pub struct Reading {
    /// The day (2021-09-06, or with time and offset) of the one document that has no date
    #[arg(long, value_name = "DATE", value_parser = published, conflicts_with = "published_all")]
    pub published: Option<String>,
    /// The day of every document, whatever it says
    #[arg(long, value_name = "DATE", value_parser = published)]
    pub published_all: Option<String>,
    /// The outlet of every document that names none
    #[arg(long, value_name = "NAME")]
    pub outlet: Option<String>,
    /// Columns of JSONL: text=body,published=date,original=text_uk
    #[arg(long, value_name = "FIELD=COLUMN", value_delimiter = ',', value_parser = mapping)]
    pub map: Vec<(String, String)>,
    /// The language (de, uk) that the documents were translated from
    #[arg(long, value_name = "LANG", value_parser = language)]
    pub translated_from: Option<String>,
    /// Places and names of your own (TSV, or GeoJSON with features that have a name); may be given several times
    #[arg(long, value_name = "FILE")]
    pub gazetteer: Vec<PathBuf>,
    /// Your own list of people and bodies (FollowTheMoney or Wikidata, a JSON object a line); links are scored, and none is made
    /// where two entries fit; may be given several times
    #[arg(long, value_name = "FILE")]
    pub watchlist: Vec<PathBuf>,
    /// Documents read at the same time; 0 is one for each processor
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub jobs: usize,
    /// Most bytes of one document (64M, 500K, 1000000); a larger one is named and skipped
    #[arg(long, value_name = "SIZE", value_parser = size, default_value = "64M")]
    pub max_document: u64,
    /// No progress bar, no summary, no coverage beside jsonl
    #[arg(long, short)]
    pub quiet: bool,
}

/// What every list has: the ledger, filters and form.
#[derive(Debug, Args)]
pub struct List {
    /// The ledger
    #[arg(long, value_name = "FILE", default_value = DEFAULT_LEDGER)]
    pub ledger: PathBuf,
    /// Only where this party speaks (part of a name)
    #[arg(long, value_name = "NAME")]
    pub party: Option<String>,
    /// Only what is said of this place (part of a name)
    #[arg(long, value_name = "NAME")]
    pub place: Option<String>,
    /// Only from this day on (2021, 2021-09, 2021-09-06)
    #[arg(long, value_name = "DATE", value_parser = first_day)]
    pub since: Option<String>,
    /// Only up to this day
    #[arg(long, value_name = "DATE", value_parser = last_day)]
    pub until: Option<String>,
    /// Only with this act
    #[arg(long, value_parser = act)]
    pub act: Option<annotate::Act>,
    /// Only with this voice
    #[arg(long, value_enum, default_value_t = VoiceChoice::All)]
    pub voice: VoiceChoice,
    /// Only with these words in it
    #[arg(long, value_name = "WORDS")]
    pub search: Option<String>,
    /// Only what is new since a day, or since a run of read (last, run:2): disputes with a new answer, the rest from documents of that day
    /// or later, or of that run or later ones
    #[arg(long, value_name = "DATE|RUN", value_parser = since)]
    pub new_since: Option<Since>,
    /// Only what has no day
    #[arg(long, conflicts_with_all = ["since", "until", "new_since"])]
    pub undated: bool,
    /// How many to print; 0 is all (text prints 50 unless told otherwise, the other formats all)
    #[arg(long, value_name = "N")]
    pub limit: Option<usize>,
    /// How to print
    #[arg(long, value_enum, default_value_t = ListFormat::Text)]
    pub format: ListFormat,
    /// No coverage on stderr beside jsonl and csv
    #[arg(long, short)]
    pub quiet: bool,
}

/// Text for people or lines for programs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum TextOrLines {
    /// For people.
    Text,
    /// One JSON object a line.
    Jsonl,
}

/// The forms of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ListFormat {
    /// For people.
    Text,
    /// One JSON object a line.
    Jsonl,
    /// A table; a cell that a spreadsheet would run as a formula gets a leading apostrophe.
    Csv,
}

/// Which voice.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum VoiceChoice {
    /// Somebody is quoted.
    Attributed,
    /// Nobody is quoted.
    Narrator,
    /// Either.
    All,
}

impl VoiceChoice {
    /// Whether a claim of this voice is wanted.
    #[must_use]
    pub fn admits(self, voice: annotate::Voice) -> bool {
        match self {
            Self::All => true,
            Self::Attributed => voice == annotate::Voice::Attributed,
            Self::Narrator => voice == annotate::Voice::Narrator,
        }
    }
}

/// Which standing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum StandingChoice {
    /// Only what is shown and counted.
    Shown,
    /// What is only suggested, too.
    All,
}

impl StandingChoice {
    /// Whether a claim of this standing is wanted.
    #[must_use]
    pub fn admits(self, standing: annotate::Standing) -> bool {
        self == Self::All || standing == annotate::Standing::Shown
    }
}

/// Orders of `disputes`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum DisputeOrder {
    /// Newest new answer first.
    New,
    /// By the question.
    Question,
    /// By place.
    Place,
    /// Most speakers first.
    Speakers,
}

/// Orders of `claims`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ClaimOrder {
    /// Earliest day first.
    Day,
    /// By who speaks.
    Party,
    /// By act.
    Act,
    /// As in the documents.
    Document,
}

/// Orders of `events`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum EventOrder {
    /// Earliest day first.
    Day,
    /// By place.
    Place,
    /// By type.
    Type,
    /// Most claims first.
    Claims,
}

impl ValueEnum for Codes {
    fn value_variants<'a>() -> &'a [Self] {
        Self::ALL
    }

    fn to_possible_value(&self) -> Option<clap::builder::PossibleValue> {
        Some(clap::builder::PossibleValue::new(self.as_str()))
    }
}

/// Orders of `entities`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum EntityOrder {
    /// Most often named first.
    Mentions,
    /// By name.
    Name,
    /// By kind, then name.
    Kind,
}

/// Orders of `documents`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum DocumentOrder {
    /// Earliest day first.
    Day,
    /// By outlet.
    Outlet,
    /// By title.
    Title,
}

vocabulary! {
    /// The stages of a reading.
    Stage {
        Blocks = "blocks",
        Sentences = "sentences",
        Tokens = "tokens",
        Tags = "tags",
        Tree = "tree",
        Mentions = "mentions",
        Times = "times",
        Quantities = "quantities",
        Attributions = "attributions",
        Claims = "claims",
    }
}

impl ValueEnum for Stage {
    fn value_variants<'a>() -> &'a [Self] {
        Self::ALL
    }

    fn to_possible_value(&self) -> Option<clap::builder::PossibleValue> {
        Some(clap::builder::PossibleValue::new(self.as_str()))
    }
}

/// Where the ledger is unless said otherwise.
pub const DEFAULT_LEDGER: &str = "rashomon.db";

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn the_commands_are_well_formed() {
        Cli::command().debug_assert();
    }

    #[test]
    fn every_command_has_examples() {
        for command in Cli::command().get_subcommands() {
            let help = command.get_after_help().map(ToString::to_string);
            assert!(
                help.is_some_and(|help| help.starts_with("Examples:")),
                "{} has no examples",
                command.get_name()
            );
        }
    }

    #[test]
    fn a_command_of_the_contract_that_is_missing_is_known() {
        for name in NOT_YET {
            assert!(Cli::command().find_subcommand(name).is_none(), "{name}");
            let error = Cli::try_parse_from(["rashomon", name, "--anything"]).unwrap_err();
            assert_eq!(missing(&error).as_deref(), Some(*name));
        }
        let error = Cli::try_parse_from(["rashomon", "unheard-of"]).unwrap_err();
        assert_eq!(missing(&error), None);
    }
}
