//! Inputs to readings: ingest and annotate on several threads, results in the order of the inputs, memory bounded.
//!
//! It does not know the ledger or how results are printed.
//!
//! Threads that ingest take the inputs in order; each document they find waits for room, then goes to the threads that
//! annotate, then to the caller's thread, which hands results on in order. Room is counted twice: once for the input
//! whose turn it is to be handed on, once for all later ones, so that a large container at the head never waits for
//! later inputs and later inputs never fill the memory.

use crate::args::MAX_DOCUMENT;
use annotate::{Annotations, Knowledge};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use ingest::{Ingested, Input, Options, Unread};
use std::cell::Cell;
use std::collections::BTreeMap;
use std::io::{self, IsTerminal};
use std::ops::ControlFlow;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

/// What is done sooner shows no progress.
const PATIENCE: Duration = Duration::from_millis(700);

/// What is read, and how.
pub struct Job {
    /// In the order in which results come out.
    pub sources: Vec<Source>,
    /// What could not even be listed; handed on first.
    pub unlisted: Vec<Unread>,
    /// How to ingest.
    pub options: Options,
    /// What to annotate with.
    pub knowledge: Arc<Knowledge>,
    /// Whether a document needs annotating; one that does not comes back as `Piece::Known`.
    pub wanted: Wanted,
    /// Threads that annotate; 0 is one for each processor.
    pub jobs: usize,
    /// Whether to show progress; only ever on a terminal.
    pub progress: Progress,
}

/// Tells whether a document needs annotating.
pub type Wanted = Arc<dyn Fn(&text::Document) -> bool + Send + Sync>;

/// One input.
#[derive(Debug, Clone)]
pub enum Source {
    /// A file, or standard input.
    File(Input),
    /// Bytes in memory, read as the file at this path would be.
    Bytes(PathBuf, Arc<[u8]>),
}

/// Whether to show progress.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Progress {
    /// On a terminal.
    Shown,
    /// Never.
    Quiet,
}

impl Progress {
    /// Progress, unless the user wants quiet.
    #[must_use]
    pub fn unless(quiet: bool) -> Self {
        if quiet { Self::Quiet } else { Self::Shown }
    }

    fn is_shown(self) -> bool {
        self == Self::Shown && io::stderr().is_terminal()
    }
}

/// Does something that takes its time, saying on a terminal what it is.
pub fn meanwhile<T>(words: &'static str, progress: Progress, act: impl FnOnce() -> T) -> T {
    if !progress.is_shown() {
        return act();
    }
    let spinner = ProgressBar::new_spinner().with_message(words);
    spinner.enable_steady_tick(Duration::from_millis(120));
    let done = act();
    spinner.finish_and_clear();
    done
}

/// One result.
#[derive(Debug)]
pub enum Piece {
    /// A document and what was read in it.
    Read(Box<(Ingested, Annotations)>),
    /// A document that was not wanted.
    Known,
    /// An input, or a part of one, that could not be read.
    Unread(Unread),
}

/// Runs a job and hands each result on, in order. What `each` breaks with ends the run at once; the threads are left
/// behind, because the program is about to end.
pub fn run<B>(job: Job, mut each: impl FnMut(Piece) -> ControlFlow<B>) -> Option<B> {
    for unread in job.unlisted {
        if let ControlFlow::Break(value) = each(Piece::Unread(unread)) {
            return Some(value);
        }
    }
    let bar = Bar::new(&job.sources, job.progress);
    let total = job.sources.len();
    let jobs = if job.jobs == 0 {
        thread::available_parallelism().map_or(1, usize::from)
    } else {
        job.jobs.min(256)
    };
    let work = Arc::new(Work {
        sources: job.sources,
        options: job.options,
        knowledge: job.knowledge,
        wanted: job.wanted,
        most: jobs * 8,
        state: Mutex::default(),
        changed: Condvar::new(),
    });
    for _ in 0..jobs.min(total) {
        start(&work, Work::ingest);
    }
    for _ in 0..jobs {
        start(&work, Work::annotate);
    }
    for head in 0..total {
        while let Some(piece) = work.next(head) {
            bar.at(head, &piece);
            if let ControlFlow::Break(value) = bar.aside(piece, &mut each) {
                work.stop();
                return Some(value);
            }
        }
        bar.past(head);
    }
    work.stop();
    None
}

/// The inputs behind paths as sources.
#[must_use]
pub fn sources(paths: &[PathBuf]) -> (Vec<Source>, Vec<Unread>) {
    let (inputs, unlisted) = ingest::inputs(paths);
    (inputs.into_iter().map(Source::File).collect(), unlisted)
}

/// Ingests one source, with a wall around it: the readers of foreign formats are many and not ours.
pub fn ingest_source(
    source: &Source,
    options: &Options,
    sink: &mut dyn FnMut(Result<Ingested, Unread>),
) {
    let outcome = catch_unwind(AssertUnwindSafe(|| match source {
        Source::File(input) => ingest::read(input, options, sink),
        Source::Bytes(path, bytes) => ingest::read_bytes(path, bytes, options, sink),
    }));
    if outcome.is_err() {
        sink(Err(broken(&source.path())));
    }
}

impl Source {
    /// The path, as the user named it.
    #[must_use]
    pub fn path(&self) -> String {
        match self {
            Self::File(input) => input.path.display().to_string(),
            Self::Bytes(path, _) => path.display().to_string(),
        }
    }

    fn bytes(&self) -> Option<u64> {
        match self {
            Self::File(input) => input.size,
            Self::Bytes(_, bytes) => Some(bytes.len() as u64),
        }
    }
}

/// Where a result stands: the number of its source, and its number within.
type Place = (usize, usize);

struct Work {
    sources: Vec<Source>,
    options: Options,
    knowledge: Arc<Knowledge>,
    wanted: Wanted,
    /// Most documents under way, for the head and for the rest each.
    most: usize,
    state: Mutex<State>,
    changed: Condvar,
}

#[derive(Default)]
struct State {
    /// The source that the next ingesting thread takes.
    next_source: usize,
    /// The source whose results are being handed on, and how many of them have been.
    head: usize,
    handed_on: usize,
    /// Documents that wait for a thread to annotate them, the earliest first.
    waiting: BTreeMap<Place, Ingested>,
    /// Results that wait for their turn, with the raw bytes that go with them.
    results: BTreeMap<Place, (Piece, u64)>,
    /// How many results a source that is read to its end has.
    ended: BTreeMap<usize, usize>,
    /// Documents and raw bytes under way, by source.
    under_way: BTreeMap<usize, (usize, u64)>,
    stopped: bool,
}

impl State {
    /// Whether a document of this source may come in.
    fn has_room(&self, source: usize, most: usize) -> bool {
        let (count, bytes) = if source == self.head {
            self.under_way.get(&source).copied().unwrap_or_default()
        } else {
            self.under_way
                .range(self.head + 1..)
                .fold((0, 0), |(count, bytes), (_, more)| {
                    (count + more.0, bytes + more.1)
                })
        };
        count < most && bytes < 2 * MAX_DOCUMENT
    }
}

impl Work {
    fn lock(&self) -> MutexGuard<'_, State> {
        // A thread that fell leaves plain data behind; the rest goes on.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn wait<'a>(&self, state: MutexGuard<'a, State>) -> MutexGuard<'a, State> {
        self.changed
            .wait(state)
            .unwrap_or_else(PoisonError::into_inner)
    }

    /// A thread that ingests: takes sources in order until none is left.
    fn ingest(&self) {
        loop {
            let number = {
                let mut state = self.lock();
                let number = state.next_source;
                if state.stopped || number == self.sources.len() {
                    return;
                }
                state.next_source += 1;
                number
            };
            let mut count = 0;
            ingest_source(&self.sources[number], &self.options, &mut |found| {
                self.admit((number, count), found);
                count += 1;
            });
            self.lock().ended.insert(number, count);
            self.changed.notify_all();
        }
    }

    /// Waits for room, then passes a document on.
    fn admit(&self, place: Place, found: Result<Ingested, Unread>) {
        let found = found.map(|ingested| {
            let wanted = (self.wanted)(&ingested.document);
            (ingested, wanted)
        });
        let mut state = self.lock();
        while !state.stopped && !state.has_room(place.0, self.most) {
            state = self.wait(state);
        }
        if state.stopped {
            return;
        }
        let bytes = match &found {
            Ok((ingested, true)) => ingested.raw.len() as u64,
            _ => 0,
        };
        let under_way = state.under_way.entry(place.0).or_default();
        under_way.0 += 1;
        under_way.1 += bytes;
        match found {
            Ok((ingested, true)) => {
                state.waiting.insert(place, ingested);
            }
            Ok((_, false)) => {
                state.results.insert(place, (Piece::Known, 0));
            }
            Err(unread) => {
                state.results.insert(place, (Piece::Unread(unread), 0));
            }
        }
        drop(state);
        self.changed.notify_all();
    }

    /// A thread that annotates: takes the earliest document that waits.
    fn annotate(&self) {
        loop {
            let (place, ingested) = {
                let mut state = self.lock();
                loop {
                    if state.stopped {
                        return;
                    }
                    if let Some(next) = state.waiting.pop_first() {
                        break next;
                    }
                    state = self.wait(state);
                }
            };
            // The core does not panic; should it do so all the same, one document is lost and named, not the run.
            let annotations = catch_unwind(AssertUnwindSafe(|| {
                annotate::annotate(&ingested.document, &self.knowledge)
            }));
            let bytes = ingested.raw.len() as u64;
            let piece = match annotations {
                Ok(annotations) => Piece::Read(Box::new((ingested, annotations))),
                Err(_) => Piece::Unread(broken(&path_of(&ingested))),
            };
            self.lock().results.insert(place, (piece, bytes));
            self.changed.notify_all();
        }
    }

    /// The next result of the head, when it is there; none when the head has no more.
    fn next(&self, head: usize) -> Option<Piece> {
        let mut state = self.lock();
        if state.head != head {
            state.head = head;
            state.handed_on = 0;
            self.changed.notify_all();
        }
        loop {
            let place = (head, state.handed_on);
            if let Some((piece, bytes)) = state.results.remove(&place) {
                state.handed_on += 1;
                if let Some(under_way) = state.under_way.get_mut(&head) {
                    under_way.0 = under_way.0.saturating_sub(1);
                    under_way.1 = under_way.1.saturating_sub(bytes);
                }
                self.changed.notify_all();
                return Some(piece);
            }
            if state.ended.get(&head) == Some(&state.handed_on) {
                state.under_way.remove(&head);
                state.ended.remove(&head);
                return None;
            }
            state = self.wait(state);
        }
    }

    fn stop(&self) {
        self.lock().stopped = true;
        self.changed.notify_all();
    }
}

fn start(work: &Arc<Work>, task: fn(&Work)) {
    let own = Arc::clone(work);
    // Deeply nested pages are read by recursion in places; a wide stack keeps them from ending the program.
    let started = thread::Builder::new()
        .stack_size(64 << 20)
        .spawn(move || task(&own));
    if started.is_err() {
        // No room for so wide a stack: an ordinary one.
        let own = Arc::clone(work);
        thread::spawn(move || task(&own));
    }
}

fn path_of(ingested: &Ingested) -> String {
    ingested
        .document
        .sightings
        .first()
        .and_then(|sighting| sighting.path.clone())
        .unwrap_or_else(|| ingested.document.id.clone())
}

fn broken(path: &str) -> Unread {
    Unread {
        path: path.to_owned(),
        code: "broken",
        reason: "the program failed on it, which is an error of the program; please report it with the file".to_owned(),
    }
}

/// Progress by bytes on stderr, with the time left.
struct Bar {
    bar: ProgressBar,
    /// Bytes before each source, and behind the last.
    before: Vec<u64>,
    /// Whether results are printed on the same terminal.
    shares_terminal: bool,
    /// When to appear: what is done sooner needs no bar. None where it never does, or has.
    due: Cell<Option<Instant>>,
}

impl Bar {
    fn new(sources: &[Source], progress: Progress) -> Self {
        let mut before = vec![0];
        for source in sources {
            let so_far = before.last().copied().unwrap_or(0);
            before.push(so_far + source.bytes().unwrap_or(0));
        }
        let all = before.last().copied().unwrap_or(0);
        let bar = ProgressBar::with_draw_target(Some(all), ProgressDrawTarget::hidden());
        if let Ok(style) = ProgressStyle::with_template(
            "reading {bar:30} {percent:>3} %  {bytes} of {total_bytes}  {eta} left",
        ) {
            bar.set_style(style);
        }
        let shown = all > 0 && progress.is_shown();
        Self {
            bar,
            before,
            shares_terminal: io::stdout().is_terminal(),
            due: Cell::new(shown.then(|| Instant::now() + PATIENCE)),
        }
    }

    /// A result of a source is there: moves within the source's bytes.
    fn at(&self, source: usize, piece: &Piece) {
        if let Piece::Read(read) = piece {
            let raw = read.0.raw.len() as u64;
            self.move_to((self.bar.position() + raw).min(self.before[source + 1]));
        }
    }

    /// Everything of a source is there.
    fn past(&self, source: usize) {
        self.move_to(self.before[source + 1]);
    }

    fn move_to(&self, position: u64) {
        if self.due.get().is_some_and(|due| due <= Instant::now()) {
            self.due.set(None);
            self.bar.set_draw_target(ProgressDrawTarget::stderr());
        }
        self.bar.set_position(position);
    }

    /// Hands a result on, with the bar out of the way where something may be printed on the terminal.
    fn aside<T>(&self, piece: Piece, each: &mut impl FnMut(Piece) -> T) -> T {
        let prints = matches!(piece, Piece::Unread(_)) || self.shares_terminal;
        if prints && !self.bar.is_hidden() {
            self.bar.suspend(|| each(piece))
        } else {
            each(piece)
        }
    }
}

impl Drop for Bar {
    fn drop(&mut self) {
        self.bar.finish_and_clear();
    }
}
