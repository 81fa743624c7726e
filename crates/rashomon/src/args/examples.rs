//! The examples under every command's `--help`.
//!
//! It does not know the options; a test runs over all commands and looks for examples.

pub(super) const MAIN_EXAMPLES: &str = "\
Examples:
  rashomon demo                          the main job, on a small built-in collection
  rashomon read articles/                add a folder to rashomon.db
  rashomon disputes                      what the documents answer differently
  rashomon extract page.html | jq .      claims as JSON lines, no ledger

Exit codes: 0 done; 1 some documents could not be read; 2 wrong usage; 3 the ledger or the output could not be used.";

pub(super) const DEMO_EXAMPLES: &str = "\
Examples:
  rashomon demo
  rashomon demo --format jsonl";

pub(super) const READ_EXAMPLES: &str = "\
Examples:
  rashomon read articles/
  rashomon read --published 2021-09-06 article.txt
  rashomon read --map text=body,published=date --outlet BBC items.jsonl
  curl -s https://example.org/feed.xml | rashomon read -

A run that was interrupted goes on where it stopped: the same command again reads what is missing.";

pub(super) const EXTRACT_EXAMPLES: &str = "\
Examples:
  rashomon extract article.html
  rashomon extract --format text --published 2021-09-06 article.txt
  rashomon extract --voice attributed --standing shown articles/ > claims.jsonl
  rashomon extract --watchlist people.ftm.json --gazetteer villages.tsv articles/
  cat items.jsonl | rashomon extract --map text=body - | jq -r .act";

pub(super) const ASK_EXAMPLES: &str = "\
Examples:
  rashomon ask \"The Taliban hold Panjshir\"
  rashomon ask \"The Taliban hold Panjshir\" --as-of 2021-09-06
  rashomon ask \"Ten people were killed in the strike\" --all
  rashomon ask \"The bridge is open\" --format jsonl | jq -r '[.day, .relation, .claim.source.name] | @tsv'

A claim whose act is a denial counts by what it denies. What is foretold, demanded or said to be possible affirms nothing; --all lists it.
With --as-of, documents without a date are left out, and counted.";

pub(super) const DISPUTES_EXAMPLES: &str = "\
Examples:
  rashomon disputes
  rashomon disputes --place Panjshir --since 2021-09
  rashomon disputes --all --sort question --limit 0
  rashomon disputes --new-since 2021-09-05 --format jsonl
  rashomon read new/ && rashomon disputes --new-since last    where the last run of read brought a new answer
  rashomon disputes --all --involving \"Ahmad Masoud\"

In csv, a cell that a spreadsheet would run as a formula (= + - @) begins with an apostrophe.";

pub(super) const CLAIMS_EXAMPLES: &str = "\
Examples:
  rashomon claims --party Taliban --act denies
  rashomon claims --search ceasefire --since 2021-09-01 --until 2021-09-07
  rashomon claims --undated --format csv > undated.csv

In csv, a cell that a spreadsheet would run as a formula (= + - @) begins with an apostrophe.";

pub(super) const EVENTS_EXAMPLES: &str = "\
Examples:
  rashomon events
  rashomon events --place Dorveth --since 2031-03 --codes plover
  rashomon events --codebook mine.tsv --format csv > events.csv
  rashomon judge --import events.csv --by \"Ilva Renn\"         takes the columns best, type_as and note that you filled

A row is one event as far as linking holds it for one (claims of one matter), else of one document. Its id is its first claim's.
best is empty until a person fills it: in the csv, or with judge slot CL best.1=12. A codebook is a table without head, with tabs:
  type    strike          195
  actor   Ennerath Front  ENF
Types: take_control hold_control lose_control withdraw surrender clash attack strike bombing kill_targeted casualty abduct abuse
destroy_property detain restrict displace flee mobilize foreign_support negotiate agree ceasefire violate_ceasefire release refuse
call_for accuse condemn threaten promise restore_services aid protest claim_responsibility appoint status_person investigate.
In csv, a cell that a spreadsheet would run as a formula (= + - @) begins with an apostrophe.";

pub(super) const ENTITIES_EXAMPLES: &str = "\
Examples:
  rashomon entities
  rashomon entities --search masoud
  rashomon entities --sort name --limit 0 --format csv > entities.csv

In csv, a cell that a spreadsheet would run as a formula (= + - @) begins with an apostrophe.";

pub(super) const DOCUMENTS_EXAMPLES: &str = "\
Examples:
  rashomon documents
  rashomon documents --undated
  rashomon documents --party Taliban --sort outlet --format jsonl

In csv, a cell that a spreadsheet would run as a formula (= + - @) begins with an apostrophe.";

pub(super) const SHOW_EXAMPLES: &str = "\
Examples:
  rashomon show ma_3fa2c1
  rashomon show cl_09be
  rashomon show en_77 --format jsonl

The beginning of an id is enough where it fits one record.";

pub(super) const EXPLAIN_EXAMPLES: &str = "\
Examples:
  rashomon explain cl_09be
  rashomon explain ma_3fa2c1";

pub(super) const JUDGE_EXAMPLES: &str = "\
Examples:
  rashomon entities --search hastrel                       find the ids
  rashomon judge same en_3fa2c1 en_77b0de --by \"Ilva Renn\"
  rashomon judge split en_3fa2c1 \"Jorren Dal Hastrel\" --by \"Ilva Renn\" --note \"the father\"
  rashomon judge slot cl_09be41 time=2031-03-12 --by \"Ilva Renn\"
  rashomon judge relation cl_09be41 ma_3fa2c1/p1 denies --by \"Ilva Renn\"
  rashomon judge published 5be01a 2031-03-12 --by \"Ilva Renn\"   a document's date; its “today” follows
  rashomon judge --import judgements.csv --dry-run
  rashomon judge --list                                    all of them, with those that contradict each other
  rashomon judge retract ju_5be01a --by \"Ilva Renn\"

Verbs:
  same|different|unsure EN EN     two entities are one, are not, or nobody can tell
  split EN NAME|DOCUMENT          what is not that entity
  same-side EN EN                 they count as one speaker and are never opposed to each other
  copy|not-copy DOC DOC           two documents are one text, or are not
  link|unlink CL CL|MA            a claim belongs into a matter (or where another claim is), or does not
  merge MA MA · split MA CL…      two matters are one, the first; claims are a matter of their own
  relation CL CL denies|alternative|quantity|update|implicit|doubts|repeats|none
                                  how one answer stands to another; a position is MA/p2
  slot CL FIELD=VALUE             how linking is to read a claim: place, time, polarity, type, actor, object, quantity,
                                  act, source, best (your figure for the event); time.2=… is of its second event, place=none leaves it out
  rename EN|MA NAME · ignore CL|DOC|MA · published DOC DATE · retract JU

A judgement is about identity and linking and when a document was published, never about what is true. It is kept with the words that it was made about, so that it holds when documents are read anew. Of judgements that contradict each other none is applied until one is retracted.";

pub(super) const DIFF_EXAMPLES: &str = "\
Examples:
  cp rashomon.db before.db; rashomon read new/; rashomon diff before.db rashomon.db
  rashomon diff before.db rashomon.db --format jsonl | jq -c 'select(.record==\"diff\" and .of==\"matter\")'";

pub(super) const COMPARE_EXAMPLES: &str = "\
Examples:
  rashomon compare pairs.jsonl
  echo '{\"left\":\"The army holds Korva\",\"right\":\"Army denies it holds Korva\"}' | rashomon compare
  rashomon compare pairs.jsonl | jq -c 'select(.relation == \"denies\")'
  rashomon compare --names pairs.jsonl
  echo '{\"left\":\"Omar Velik\",\"right\":\"Umar Vellik\",\"kind\":\"Person\"}' | rashomon compare --names

One line out for each pair, in order. Texts of any length: related (0 to 1), relation (how right answers left: affirms,
denies, doubts, reports, alternative, quantity, unrelated), reasons. It is unrelated exactly where related is below
0.05; from 0.25 on both are rather of one happening. Names: same (0 to 1), match (same is at least 0.5), reasons; kinds: Person, Organization, Place, Group,
Facility, Weapon, Event, Other. A line that is no pair is named by its number on stderr and has no line; exit code 1.";

pub(super) const INSPECT_EXAMPLES: &str = "\
Examples:
  rashomon inspect --stage blocks page.html
  rashomon inspect --stage times --published 2021-09-06 article.txt
  rashomon inspect --stage claims --format jsonl article.txt";

pub(super) const DOCTOR_EXAMPLES: &str = "\
Examples:
  rashomon doctor
  rashomon doctor --ledger other.db";
