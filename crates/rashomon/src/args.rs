//! Commands and options, as types.
//!
//! It does not know what the commands do. Every command's `--help` ends with examples; a test holds it to that.

use clap::error::{ContextKind, ContextValue};
use clap::{Args, Parser, Subcommand, ValueEnum};
use std::path::PathBuf;
use text::vocabulary;

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
    /// List the questions that the documents answer differently
    #[command(after_help = DISPUTES_EXAMPLES)]
    Disputes(Disputes),
    /// List who said what
    #[command(after_help = CLAIMS_EXAMPLES)]
    Claims(Claims),
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
    /// Say which pairs of names are one name
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
    "ask", "events", "serve", "report", "export", "merge", "diff", "versions", "redact", "verify",
    "mcp",
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

/// Options of `disputes`.
#[derive(Debug, Args)]
pub struct Disputes {
    /// What every list has.
    #[command(flatten)]
    pub list: List,
    /// Every question, contested or not
    #[arg(long)]
    pub all: bool,
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
    /// same, different, unsure, split or retract
    #[arg(value_name = "VERB", value_parser = verb)]
    pub verb: ledger::Verb,
    /// The entity's id, or its beginning: en_…; for retract the judgement's: ju_…
    pub id: String,
    /// For same, different and unsure the other entity's id; for split the name or the document that is not the entity's
    #[arg(value_name = "ID|VALUE")]
    pub object: Option<String>,
    /// Who decides
    #[arg(long, value_name = "NAME")]
    pub by: String,
    /// Why
    #[arg(long, value_name = "TEXT")]
    pub note: Option<String>,
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

/// Options of `compare`.
#[derive(Debug, Args)]
pub struct Compare {
    /// Compare names, the one thing that this version compares
    #[arg(long)]
    pub names: bool,
    /// Pairs as JSON lines; - is standard input
    #[arg(value_name = "FILE", default_value = "-")]
    pub file: PathBuf,
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
    /// Only what is new since this day: disputes with a new answer, the rest from documents of that day or later
    #[arg(long, value_name = "DATE", value_parser = first_day)]
    pub new_since: Option<String>,
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

/// The default of `--max-document`, 64 MiB.
pub const MAX_DOCUMENT: u64 = 64 << 20;

/// What the readers of formats can hold: offsets are 32 bits wide, and a page can grow when its charset is turned.
const LARGEST_DOCUMENT: u64 = 1 << 30;

fn published(word: &str) -> Result<String, String> {
    let day = word.len() == 10 && word.parse::<jiff::civil::Date>().is_ok();
    let moment = word.len() > 10 && word.parse::<jiff::Timestamp>().is_ok();
    if day || moment {
        Ok(word.to_owned())
    } else if word.get(..10).is_some_and(is_no_day) {
        Err("there is no such day; write 2021-09-06 or 2021-09-06T04:58:00+04:30".to_owned())
    } else {
        Err(
            "not a date I can read; write 2021-09-06, or with time and offset 2021-09-06T04:58:00+04:30"
                .to_owned(),
        )
    }
}

/// Whether this is written as a day is written, but the calendar has no such day.
fn is_no_day(word: &str) -> bool {
    let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    let parts: Vec<&str> = word.split('-').collect();
    let lengths: Vec<usize> = parts.iter().map(|part| part.len()).collect();
    lengths == [4, 2, 2]
        && parts.into_iter().all(digits)
        && word.parse::<jiff::civil::Date>().is_err()
}

fn mapping(pair: &str) -> Result<(String, String), String> {
    match pair.split_once('=') {
        Some((field, column)) if !column.trim().is_empty() => {
            let field = field.trim();
            if ingest::fields().any(|known| known == field) {
                Ok((field.to_owned(), column.trim().to_owned()))
            } else {
                let known: Vec<&str> = ingest::fields().collect();
                Err(format!("a column can stand for {}", known.join(", ")))
            }
        }
        _ => Err("write what it stands for and its column: text=body".to_owned()),
    }
}

fn language(word: &str) -> Result<String, String> {
    if (2..=3).contains(&word.len()) && word.chars().all(|c| c.is_ascii_lowercase()) {
        Ok(word.to_owned())
    } else {
        Err("write a language as its code: de, uk, fa".to_owned())
    }
}

fn size(word: &str) -> Result<u64, String> {
    let (digits, factor) = match word.trim_end_matches(['k', 'K', 'm', 'M', 'g', 'G']) {
        digits if digits.len() == word.len() => (digits, 1_u64),
        digits => match word[digits.len()..].to_ascii_lowercase().as_str() {
            "k" => (digits, 1 << 10),
            "m" => (digits, 1 << 20),
            "g" => (digits, 1 << 30),
            _ => (word, 1),
        },
    };
    let bytes = digits
        .parse::<u64>()
        .ok()
        .and_then(|count| count.checked_mul(factor))
        .filter(|bytes| *bytes > 0)
        .ok_or_else(|| "write a size as 64M, 500K or a number of bytes".to_owned())?;
    if bytes > LARGEST_DOCUMENT {
        return Err("one document is at most 1G".to_owned());
    }
    Ok(bytes)
}

fn first_day(word: &str) -> Result<String, String> {
    whole_day(word, "-01-01", |_| Ok("-01".to_owned()))
}

fn last_day(word: &str) -> Result<String, String> {
    whole_day(word, "-12-31", |month| {
        let first: jiff::civil::Date = format!("{month}-01").parse().map_err(|_| {
            if is_no_day(&format!("{month}-01")) {
                NO_DAY
            } else {
                UNREADABLE
            }
        })?;
        Ok(format!("-{:02}", first.days_in_month()))
    })
}

/// Completes a year or a month to a day.
fn whole_day(
    word: &str,
    year_end: &str,
    month_end: impl Fn(&str) -> Result<String, &'static str>,
) -> Result<String, String> {
    let day = match word.len() {
        4 => format!("{word}{year_end}"),
        7 => format!("{word}{}", month_end(word)?),
        10 => word.to_owned(),
        _ => return Err(UNREADABLE.to_owned()),
    };
    match day.parse::<jiff::civil::Date>() {
        Ok(_) => Ok(day),
        Err(_) if is_no_day(&day) => Err(NO_DAY.to_owned()),
        Err(_) => Err(UNREADABLE.to_owned()),
    }
}

const UNREADABLE: &str = "not a date I can read; write 2021, 2021-09 or 2021-09-06";

const NO_DAY: &str = "there is no such day; write 2021, 2021-09 or 2021-09-06";

/// Verbs that this version can carry out.
const VERBS: [ledger::Verb; 5] = [
    ledger::Verb::Same,
    ledger::Verb::Different,
    ledger::Verb::Unsure,
    ledger::Verb::Split,
    ledger::Verb::Retract,
];

fn verb(word: &str) -> Result<ledger::Verb, String> {
    let can = || VERBS.map(ledger::Verb::as_str).join(", ");
    match ledger::Verb::parse(word) {
        Some(verb) if VERBS.contains(&verb) => Ok(verb),
        Some(_) => Err(format!(
            "this version has no `{word}` yet; it has {}",
            can()
        )),
        None => Err(format!("the verbs are {}", can())),
    }
}

fn act(word: &str) -> Result<annotate::Act, String> {
    annotate::Act::parse(word).ok_or_else(|| {
        let all: Vec<&str> = annotate::Act::ALL.iter().map(|act| act.as_str()).collect();
        format!("the acts are {}", all.join(", "))
    })
}

const MAIN_EXAMPLES: &str = "\
Examples:
  rashomon demo                          the main job, on a small built-in collection
  rashomon read articles/                add a folder to rashomon.db
  rashomon disputes                      what the documents answer differently
  rashomon extract page.html | jq .      claims as JSON lines, no ledger

Exit codes: 0 done; 1 some documents could not be read; 2 wrong usage; 3 the ledger or the output could not be used.";

const DEMO_EXAMPLES: &str = "\
Examples:
  rashomon demo
  rashomon demo --format jsonl";

const READ_EXAMPLES: &str = "\
Examples:
  rashomon read articles/
  rashomon read --published 2021-09-06 article.txt
  rashomon read --map text=body,published=date --outlet BBC items.jsonl
  curl -s https://example.org/feed.xml | rashomon read -

A run that was interrupted goes on where it stopped: the same command again reads what is missing.";

const EXTRACT_EXAMPLES: &str = "\
Examples:
  rashomon extract article.html
  rashomon extract --format text --published 2021-09-06 article.txt
  rashomon extract --voice attributed --standing shown articles/ > claims.jsonl
  cat items.jsonl | rashomon extract --map text=body - | jq -r .act";

const DISPUTES_EXAMPLES: &str = "\
Examples:
  rashomon disputes
  rashomon disputes --place Panjshir --since 2021-09
  rashomon disputes --all --sort question --limit 0
  rashomon disputes --new-since 2021-09-05 --format jsonl

In csv, a cell that a spreadsheet would run as a formula (= + - @) begins with an apostrophe.";

const CLAIMS_EXAMPLES: &str = "\
Examples:
  rashomon claims --party Taliban --act denies
  rashomon claims --search ceasefire --since 2021-09-01 --until 2021-09-07
  rashomon claims --undated --format csv > undated.csv

In csv, a cell that a spreadsheet would run as a formula (= + - @) begins with an apostrophe.";

const ENTITIES_EXAMPLES: &str = "\
Examples:
  rashomon entities
  rashomon entities --search masoud
  rashomon entities --sort name --limit 0 --format csv > entities.csv

In csv, a cell that a spreadsheet would run as a formula (= + - @) begins with an apostrophe.";

const DOCUMENTS_EXAMPLES: &str = "\
Examples:
  rashomon documents
  rashomon documents --undated
  rashomon documents --party Taliban --sort outlet --format jsonl

In csv, a cell that a spreadsheet would run as a formula (= + - @) begins with an apostrophe.";

const SHOW_EXAMPLES: &str = "\
Examples:
  rashomon show ma_3fa2c1
  rashomon show cl_09be
  rashomon show en_77 --format jsonl

The beginning of an id is enough where it fits one record.";

const EXPLAIN_EXAMPLES: &str = "\
Examples:
  rashomon explain cl_09be
  rashomon explain ma_3fa2c1";

const JUDGE_EXAMPLES: &str = "\
Examples:
  rashomon entities --search masoud                        find the ids
  rashomon judge same en_3fa2c1 en_77b0de --by \"Ilva Renn\"
  rashomon judge split en_3fa2c1 \"Ahmad Shah Masoud\" --by \"Ilva Renn\" --note \"the father\"
  rashomon explain en_3fa2c1                               what its names are joined by, and every judgement
  rashomon judge retract ju_5be01a --by \"Ilva Renn\"

A judgement is about who is who, never about what is true. It is kept with the words that it was made about, so that it holds when documents are read anew.";

const COMPARE_EXAMPLES: &str = "\
Examples:
  rashomon compare --names pairs.jsonl
  echo '{\"left\":\"Omar Velik\",\"right\":\"Umar Vellik\",\"kind\":\"Person\"}' | rashomon compare --names
  rashomon compare --names pairs.jsonl | jq -c 'select(.match)'

One line out for each pair, in order: same (0 to 1), match (same is at least 0.5), reasons. Kinds: Person,
Organization, Place, Group, Facility, Weapon, Event, Other. A line that is no pair is named by its number on
stderr and has no line; exit code 1.";

const INSPECT_EXAMPLES: &str = "\
Examples:
  rashomon inspect --stage blocks page.html
  rashomon inspect --stage times --published 2021-09-06 article.txt
  rashomon inspect --stage claims --format jsonl article.txt";

const DOCTOR_EXAMPLES: &str = "\
Examples:
  rashomon doctor
  rashomon doctor --ledger other.db";

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
    fn days_are_completed_and_checked() {
        assert_eq!(first_day("2021-09"), Ok("2021-09-01".to_owned()));
        assert_eq!(last_day("2024-02"), Ok("2024-02-29".to_owned()));
        assert_eq!(last_day("2021"), Ok("2021-12-31".to_owned()));
        assert!(first_day("2021-02-30").is_err());
        assert!(published("2021-02-30").is_err());
        assert!(published("2021-09-06T04:58:00+04:30").is_ok());
        assert!(published("2021-09-06T04:58:00").is_err());
        for word in ["yesterday", "06.09.2021", "2021-09", "", "ééééééé"] {
            let said = published(word).unwrap_err();
            assert!(said.starts_with("not a date I can read; write 2021-09-06"));
        }
        for word in ["2021-02-30", "2021-13-01T00:00:00Z"] {
            assert!(published(word).unwrap_err().starts_with("there is no such"));
        }
        for read in [first_day, last_day] {
            assert_eq!(read("2021-13").unwrap_err(), NO_DAY);
            assert_eq!(read("yester-").unwrap_err(), UNREADABLE);
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

    #[test]
    fn sizes_are_bytes() {
        assert_eq!(size("64M"), Ok(MAX_DOCUMENT));
        assert_eq!(size("500k"), Ok(512_000));
        assert!(size("M").is_err());
        assert!(size("0").is_err());
        assert!(size("2G").is_err());
        assert!(size("5MM").is_err());
    }
}
