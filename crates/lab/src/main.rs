//! Evaluation and training: the program's readings against labelled text, by the measures that other systems are measured
//! with, and the tables that are counted from it.
//!
//! Never shipped to users. It knows every library crate and changes nothing in any; what it trains goes to `models/`.

mod acts;
mod answers;
mod attribution;
mod attributions;
mod bench;
mod calibration;
mod chance;
mod claims;
mod classes;
mod confidence;
mod copies;
mod corrupt;
mod data;
mod disputes;
mod entities;
mod events;
mod full_names;
mod gazetteer;
mod judgements;
mod layer;
mod marks;
mod matters;
mod mentions;
mod muc;
mod names;
mod narrator;
mod nested;
mod pages;
mod panjshir;
mod parallel;
mod parsing;
mod peers;
mod places;
mod plover;
mod polnear;
mod product;
mod quantities;
mod report;
mod scan;
mod score;
mod segmentation;
mod sentences;
mod sources;
mod stance;
mod times;
mod treebank;

use clap::{Args, Parser, Subcommand};
use data::{Data, Failure};
use std::path::PathBuf;
use std::process::ExitCode;

#[derive(Parser)]
#[command(
    name = "lab",
    about = "Evaluates what the program reads against labelled text, and trains its tables from it"
)]
struct Lab {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Subcommand)]
enum Verb {
    /// Measures readings against gold
    #[command(subcommand)]
    Eval(Eval),
    /// Writes damaged copies of labelled sets: lower case, capitals, without punctuation…
    Corrupt {
        #[command(flatten)]
        common: Common,
        #[command(flatten)]
        options: corrupt::Options,
    },
    /// Measures what each stage costs, in CPU time of one thread
    Bench {
        #[command(flatten)]
        common: Common,
        #[command(flatten)]
        options: bench::Options,
    },
    /// Other systems and ours on the same articles in the same run; makes them a Python environment where there is none
    Peers {
        #[command(flatten)]
        common: Common,
        #[command(flatten)]
        options: peers::Options,
    },
    /// Makes a table of `models/` from gold
    #[command(subcommand)]
    Train(Train),
    /// Makes data of the repository from packages of others
    #[command(subcommand)]
    Build(Build),
}

#[derive(Subcommand)]
enum Build {
    /// The gazetteer, from pinned packages and shared tables
    Gazetteer {
        #[command(flatten)]
        common: Common,
        #[command(flatten)]
        options: gazetteer::Options,
    },
    /// The verb patterns of CAMEO, from the shared dictionary
    Cameo {
        #[command(flatten)]
        common: Common,
        #[command(flatten)]
        options: events::cameo::Options,
    },
}

#[derive(Subcommand)]
enum Train {
    /// Whether two passages are of one matter, from ECB+ and MEANTIME; how rare stems are, from PolNeAR's train part
    Matching {
        #[command(flatten)]
        common: Common,
        #[command(flatten)]
        options: matters::TrainOptions,
    },
    /// What speaks for that something is said to have happened, from judgements of people
    Commitment {
        #[command(flatten)]
        common: Common,
        #[command(flatten)]
        options: stance::Learning,
    },
    /// The types of events, from our own sentences
    Events {
        #[command(flatten)]
        common: Common,
        #[command(flatten)]
        options: events::learn::Options,
    },
    /// Which of several places a name means, from LGL
    Places {
        #[command(flatten)]
        common: Common,
        #[command(flatten)]
        options: places::resolution::Options,
    },
    /// Classes of words used alike, from word vectors
    Classes {
        #[command(flatten)]
        common: Common,
        #[command(flatten)]
        options: classes::Options,
    },
    /// Tagger, lemmas and parser, from the treebanks' train parts
    Syntax {
        #[command(flatten)]
        common: Common,
        #[command(flatten)]
        options: parsing::train::Options,
    },
    /// The tagger of names; or, with --cross-validate or --without, figures of taggers that have not seen a part
    Mentions {
        #[command(flatten)]
        common: Common,
        #[command(flatten)]
        options: mentions::learn::Options,
    },
    /// The reader of attributions, from PolNeAR's train part and our own paragraphs
    Attributions {
        #[command(flatten)]
        common: Common,
        #[command(flatten)]
        options: attributions::learn::Options,
    },
    /// The ranker of antecedents, from GUM's coreference and the dev half of our own sources
    Sources {
        #[command(flatten)]
        common: Common,
        #[command(flatten)]
        options: sources::learn::Options,
    },
    /// The acts of cues, from cues labelled in PolNeAR's train part and in our own sentences
    Acts {
        #[command(flatten)]
        common: Common,
        #[command(flatten)]
        options: acts::learn::Options,
    },
    /// Spellings of names: dictionary, edits, weights, from the train halves of the pairs and from dictionaries of names
    Names {
        #[command(flatten)]
        common: Common,
        #[command(flatten)]
        options: names::learn::Options,
    },
    /// How often each rule and cue of attributions is right, from PolNeAR's train part
    Confidence {
        #[command(flatten)]
        common: Common,
        #[command(flatten)]
        options: confidence::Options,
    },
}

#[derive(Subcommand)]
enum Eval {
    /// Whether sentences and claims are of one matter, against ECB+, MEANTIME and our own pairs of claims
    Matters {
        #[command(flatten)]
        common: Common,
        #[command(flatten)]
        options: matters::Options,
    },
    /// How headlines and articles answer claims, against our own labels
    Answers {
        #[command(flatten)]
        options: answers::Options,
    },
    /// What clauses commit to, against judgements of people
    Stance {
        #[command(flatten)]
        common: Common,
        #[command(flatten)]
        options: stance::Options,
    },
    /// Events: types, realis, polarity and roles, against our own labels
    Events {
        #[command(flatten)]
        common: Common,
        #[command(flatten)]
        options: events::Options,
    },
    /// Events as PLOVER's categories, against its gold sentences
    Plover {
        #[command(flatten)]
        common: Common,
        #[command(flatten)]
        options: plover::Options,
    },
    /// Tags, lemmas and trees on treebanks
    Syntax {
        #[command(flatten)]
        common: Common,
        #[command(flatten)]
        options: parsing::eval::Options,
    },
    /// Acts of cues in context against our own labels
    Acts {
        #[command(flatten)]
        common: Common,
        #[command(flatten)]
        options: acts::Options,
    },
    /// Claims inside the contents of other claims against our own labels
    Nested {
        #[command(flatten)]
        options: nested::Options,
    },
    /// Who the sources of claims are: pronouns, nominals, elided, spokespeople, garbled order
    Sources {
        #[command(flatten)]
        common: Common,
        #[command(flatten)]
        options: sources::Options,
    },
    /// Source, cue and content of attributions against PolNeAR
    Attribution {
        #[command(flatten)]
        common: Common,
        #[command(flatten)]
        options: attribution::Options,
    },
    /// The learned reader of attributions alone against PolNeAR, or our own paragraphs
    Attributions {
        #[command(flatten)]
        common: Common,
        #[command(flatten)]
        options: attributions::eval::Options,
    },
    /// How often claims are right that are so sure, for each field of their confidence
    Calibration {
        #[command(flatten)]
        common: Common,
    },
    /// The attributed claims of the Panjshir article against its labelled lines
    Panjshir {
        #[command(flatten)]
        common: Common,
        #[command(flatten)]
        options: panjshir::Options,
    },
    /// Names of persons, organisations and places against the public sets, and our own labels
    Mentions {
        #[command(flatten)]
        common: Common,
        #[command(flatten)]
        options: mentions::eval::Options,
    },
    /// Sentences in the narrator's voice, and what is said of claims being verified, against our own labels
    Narrator {
        #[command(flatten)]
        common: Common,
        #[command(flatten)]
        options: narrator::Options,
    },
    /// Times in news, in narratives of wars and in our own labels
    Times {
        #[command(flatten)]
        common: Common,
        #[command(flatten)]
        options: times::Options,
    },
    /// Quantities in our own labels: numbers, effects, scopes
    Quantities {
        #[command(flatten)]
        common: Common,
        #[command(flatten)]
        options: quantities::Options,
    },
    /// Which incidents reports tell of, when they happened and how many were killed or injured, against the keys of the MUC reports
    Muc {
        #[command(flatten)]
        common: Common,
        #[command(flatten)]
        options: muc::Options,
    },
    /// Whether words and full names are spellings of one, and finding candidates among a million
    Names {
        #[command(flatten)]
        common: Common,
        #[command(flatten)]
        options: names::eval::Options,
        #[command(flatten)]
        full: full_names::Options,
    },
    /// Which names of a document stand for one thing, against our own labels, and the entities of the Panjshir article
    Entities {
        #[command(flatten)]
        common: Common,
        #[command(flatten)]
        options: entities::Options,
    },
    /// Judgements after their documents were read anew from changed texts: how many are found again, and whether any is lost
    Judgements {
        #[command(flatten)]
        options: judgements::Options,
    },
    /// Disputes between documents: figures that contradict each other
    Disputes {
        #[command(flatten)]
        common: Common,
        #[command(flatten)]
        options: disputes::Options,
    },
    /// Which texts are copies or versions of one, against our own labels; what the index finds; the speed
    Copies {
        #[command(flatten)]
        common: Common,
        #[command(flatten)]
        options: copies::Options,
    },
    /// Places: the gazetteer's speed and reach, and toponyms put on the map, against LGL
    Places {
        #[command(flatten)]
        common: Common,
        #[command(flatten)]
        options: places::Options,
    },
    /// Body text of news pages
    Pages {
        #[command(flatten)]
        common: Common,
        #[command(flatten)]
        options: pages::Options,
    },
    /// Sentences and tokens of raw text rebuilt from the treebanks EWT and GUM
    Segmentation {
        #[command(flatten)]
        common: Common,
        #[command(flatten)]
        options: segmentation::Options,
    },
    /// All of these with their defaults
    All {
        #[command(flatten)]
        common: Common,
    },
}

#[derive(Args)]
struct Common {
    /// The folder with the labelled text (default: $RASHOMON_DATA, else ../shared/data beside the checkout)
    #[arg(long, value_name = "DIR")]
    data: Option<PathBuf>,
    /// Threads; 0 is one for each processor
    #[arg(long, default_value_t = 0)]
    jobs: usize,
}

fn main() -> ExitCode {
    end_quietly_where_nobody_reads();
    match run(&Lab::parse().verb) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("lab: {failure}");
            ExitCode::FAILURE
        }
    }
}

/// Ends the program when its output is closed (`lab … | head`). `println!`, ours and that of the libraries, knows no other answer
/// than a panic, whose message alone says why.
fn end_quietly_where_nobody_reads() {
    let report = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        let message = panic.payload().downcast_ref::<String>();
        let closed = message.filter(|message| message.contains("pipe"));
        if closed.is_some_and(|message| message.starts_with("failed printing to stdout")) {
            std::process::exit(0);
        }
        if closed.is_some_and(|message| message.starts_with("failed printing to stderr")) {
            std::process::exit(1);
        }
        report(panic);
    }));
}

fn run(verb: &Verb) -> Result<(), Failure> {
    match verb {
        Verb::Eval(eval) => evaluate(eval),
        Verb::Bench { common, options } => bench::run(&common.open()?, options, common.jobs),
        Verb::Peers { common, options } => peers::run(&common.open()?, options),
        Verb::Build(Build::Gazetteer { common, options }) => {
            gazetteer::build(&common.open()?, options)
        }
        Verb::Build(Build::Cameo { common, options }) => {
            events::cameo::build(&common.open()?, options)
        }
        Verb::Train(Train::Matching { common, options }) => {
            matters::train(&common.open()?, options, common.jobs)
        }
        Verb::Train(Train::Commitment { common, options }) => {
            stance::train(&common.open()?, options)
        }
        Verb::Train(Train::Events { common, options }) => {
            events::learn::run(&common.open()?, options)
        }
        Verb::Train(Train::Places { common, options }) => {
            places::resolution::train(&common.open()?, options)
        }
        Verb::Train(Train::Classes { common, options }) => classes::train(&common.open()?, options),
        Verb::Train(Train::Syntax { common, options }) => {
            parsing::train::run(&common.open()?, options)
        }
        Verb::Corrupt { common, options } => corrupt::run(&common.open()?, options),
        Verb::Train(Train::Mentions { common, options }) => {
            mentions::learn::run(&common.open()?, options, common.jobs)
        }
        Verb::Train(Train::Attributions { common, options }) => {
            attributions::learn::run(&common.open()?, options, common.jobs)
        }
        Verb::Train(Train::Sources { common, options }) => {
            sources::learn::run(&common.open()?, options, common.jobs)
        }
        Verb::Train(Train::Acts { common, options }) => acts::learn::run(&common.open()?, options),
        Verb::Train(Train::Names { common, options }) => {
            names::learn::run(&common.open()?, options, common.jobs)
        }
        Verb::Train(Train::Confidence { common, options }) => {
            confidence::train(&common.open()?, options, common.jobs)
        }
    }
}

fn evaluate(eval: &Eval) -> Result<(), Failure> {
    match eval {
        Eval::Syntax { common, options } => {
            parsing::eval::run(&common.open()?, options, common.jobs)
        }
        Eval::Acts { common, options } => acts::run(&common.open()?, options),
        Eval::Nested { options } => nested::run(options),
        Eval::Sources { common, options } => sources::run(&common.open()?, options),
        Eval::Attribution { common, options } => {
            attribution::run(&common.open()?, options, common.jobs)
        }
        Eval::Attributions { common, options } => {
            attributions::eval::run(&common.open()?, options, common.jobs)
        }
        Eval::Calibration { common } => calibration::run(&common.open()?, common.jobs),
        Eval::Panjshir { common, options } => panjshir::run(&common.open()?, options),
        Eval::Mentions { common, options } => {
            mentions::eval::run(&common.open()?, options, common.jobs)
        }
        Eval::Names {
            common,
            options,
            full,
        } => {
            let data = common.open()?;
            if !full.only {
                names::eval::run(&data, options, common.jobs)?;
                println!();
            }
            full_names::run(&data, full)
        }
        Eval::Narrator { common, options } => narrator::run(&common.open()?, options),
        Eval::Matters { common, options } => matters::run(&common.open()?, options, common.jobs),
        Eval::Answers { options } => answers::run(options),
        Eval::Stance { common, options } => stance::run(&common.open()?, options),
        Eval::Events { common, options } => events::run(&common.open()?, options),
        Eval::Plover { common, options } => plover::run(&common.open()?, options),
        Eval::Muc { common, options } => muc::run(&common.open()?, options, common.jobs),
        Eval::Quantities { common, options } => quantities::run(&common.open()?, options),
        Eval::Times { common, options } => times::run(&common.open()?, options),
        Eval::Entities { common, options } => entities::run(&common.open()?, options),
        Eval::Judgements { options } => judgements::run(options),
        Eval::Disputes { common, options } => {
            disputes::run(common.open().ok().as_ref(), options, common.jobs)
        }
        Eval::Copies { common, options } => copies::run(&common.open()?, options),
        Eval::Places { common, options } => places::run(&common.open()?, options),
        Eval::Pages { common, options } => pages::run(&common.open()?, options, common.jobs),
        Eval::Segmentation { common, options } => {
            segmentation::run(&common.open()?, options, common.jobs)
        }
        Eval::All { common } => {
            let data = common.open()?;
            parsing::eval::run(&data, &parsing::eval::Options::default(), common.jobs)?;
            println!();
            attribution::run(&data, &attribution::Options::default(), common.jobs)?;
            println!();
            acts::run(&data, &acts::Options::default())?;
            println!();
            sources::run(&data, &sources::Options::default())?;
            println!();
            calibration::run(&data, common.jobs)?;
            println!();
            nested::run(&nested::Options::default())?;
            println!();
            panjshir::run(&data, &panjshir::Options::default())?;
            println!();
            mentions::eval::run(&data, &mentions::eval::Options::default(), common.jobs)?;
            println!();
            narrator::run(&data, &narrator::Options::default())?;
            println!();
            pages::run(&data, &pages::Options::default(), common.jobs)?;
            println!();
            segmentation::run(&data, &segmentation::Options::default(), common.jobs)?;
            println!();
            entities::run(&data, &entities::Options::default())?;
            println!();
            copies::run(&data, &copies::Options::default())?;
            println!();
            judgements::run(&judgements::Options::default())?;
            println!();
            places::run(&data, &places::Options::default())
        }
    }
}

impl Common {
    fn open(&self) -> Result<Data, Failure> {
        Data::open(self.data.clone())
    }
}
