//! Titles, roles and appositions beside names: the spans that a mention carries, what its entity is called, and for whom it
//! speaks. All names are invented.

use crate::check::knowledge;
use annotate::{Annotations, Knowledge, Mention, MentionForm, annotate};
use std::sync::LazyLock;
use text::{Document, Span};

static KNOWLEDGE: LazyLock<Knowledge> = LazyLock::new(|| knowledge(&[]));

fn read(text: &str) -> Annotations {
    annotate(&Document::plain(text), &KNOWLEDGE)
}

fn name<'r>(read: &'r Annotations, text: &str, words: &str) -> &'r Mention {
    read.mentions
        .iter()
        .find(|mention| mention.form == MentionForm::Name && mention.span.slice(text) == words)
        .unwrap_or_else(|| panic!("no name {words:?} in {text:?}: {:#?}", read.mentions))
}

/// Whether the first mention of a name has this title (empty for none) and these roles.
fn carries(text: &str, words: &str, title: &str, roles: &[&str]) {
    let read = read(text);
    let mention = name(&read, text, words);
    let slice = |span: &Span| span.slice(text);
    let found: Vec<&str> = mention.roles.iter().map(slice).collect();
    assert_eq!(
        (mention.title.as_ref().map_or("", slice), found.as_slice()),
        (title, roles),
        "{words} in {text}"
    );
    let last = words.rsplit(' ').next();
    assert_eq!(Some(slice(&mention.head)), last, "{text}");
}

/// Whether a name's entity is called so and speaks for this body (empty for none).
fn is_called(text: &str, words: &str, called: &[&str], body: &str) {
    let read = read(text);
    let id = name(&read, text, words)
        .entity
        .expect("a name has an entity");
    let entity = &read.entities[id.index()];
    let speaks_for = entity
        .speaks_for
        .map_or("", |id| read.entities[id.index()].name.as_str());
    assert_eq!(
        (entity.roles.as_slice(), speaks_for),
        (
            called
                .iter()
                .map(|word| (*word).to_owned())
                .collect::<Vec<_>>()
                .as_slice(),
            body
        ),
        "{words} in {text}"
    );
}

#[test]
fn a_name_carries_its_title_and_its_roles() {
    let text =
        "Gen. Dorvan Keel met former president Adela Crane and opposition leader Jorren Hastrell.";
    carries(text, "Dorvan Keel", "Gen.", &[]);
    carries(text, "Adela Crane", "", &["former president"]);
    carries(text, "Jorren Hastrell", "", &["opposition leader"]);
    let text = "Ilse Varn, spokeswoman for the Vale Front, met Police Col. Pavel Orn.";
    carries(text, "Ilse Varn", "", &["spokeswoman for the Vale Front"]);
    carries(text, "Pavel Orn", "Police Col.", &[]);
}

#[test]
fn an_entity_is_called_by_office_role_and_apposition() {
    // A form of address says nothing of its bearer.
    is_called(
        "Mr. Dorvan Keel met Ilse Varn in Orrem.",
        "Dorvan Keel",
        &[],
        "",
    );
    is_called(
        "President Oru Marsh met Ilse Varn in Orrem.",
        "Oru Marsh",
        &["president"],
        "",
    );
    let text = "Vale Front spokesman Dorvan Keel denied it.";
    is_called(text, "Dorvan Keel", &["vale front spokesman"], "Vale Front");
    let text = "Ilse Varn, spokeswoman for the Vale Front, denied it.";
    is_called(text, "Ilse Varn", &["spokeswoman"], "Vale Front");
    let text = "Nadia Orlan, a spokeswoman for the Vale Front, denied it.";
    is_called(text, "Nadia Orlan", &["spokeswoman"], "Vale Front");
    carries(text, "Nadia Orlan", "", &[]);
    let text = "The leader of the Harlow Party in Orrem, Pavel Hansel, denied it.";
    is_called(text, "Pavel Hansel", &["leader"], "Harlow Party");
    // Whom a clause goes on to is somebody else.
    let text = "After she told the leader of the Harlow Party, Pavel Hansel denied it.";
    is_called(text, "Pavel Hansel", &[], "");
}

/// One role word before two names is surely neither's; a plural is both's.
#[test]
fn one_spokesman_before_two_names_is_neither_of_them() {
    for text in [
        "Taliban spokesman Salih and Masud fled.",
        "According to a statement by Taliban spokesman Salih and Masud fled.",
        "Vale Front spokesman Oren Salih and Ivo Masud fled to Orrem.",
    ] {
        let read = read(text);
        let people = read.mentions.iter().filter(|mention| {
            let words = mention.span.slice(text);
            words.ends_with("Salih") || words.ends_with("Masud")
        });
        let mut count = 0;
        for mention in people {
            assert_eq!((mention.title, mention.roles.len()), (None, 0), "{text}");
            let entity = &read.entities[mention.entity.expect("a name has an entity").index()];
            assert!(entity.roles.is_empty(), "{text}: {entity:?}");
            assert_eq!(entity.speaks_for, None, "{text}");
            count += 1;
        }
        assert_eq!(count, 2, "{text}");
    }
    let text = "Rebel commanders Oren Salih and Ivo Masud fled.";
    carries(text, "Oren Salih", "", &["Rebel commanders"]);
    carries(text, "Ivo Masud", "", &["Rebel commanders"]);
}
