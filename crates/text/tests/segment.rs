//! Sentences and tokens as news needs them, with the lexicon that ships.
//!
//! It does not know how the splitter decides: only texts, and what is to come out.

use text::{Document, Segmenter, SegmenterFiles, TokenKind, segment};

fn lexicon() -> Segmenter {
    Segmenter::parse(&SegmenterFiles {
        abbreviations: include_str!("../../../lexicon/abbreviations.txt"),
        tokens: include_str!("../../../lexicon/tokens.txt"),
    })
}

/// The sentences of a text in which `|` stands where one ends and the next begins, against those found.
fn splits(marked: &str) {
    let text = marked.replace('|', "");
    let document = Document::plain(&text);
    let found: Vec<String> = segment(&document, &lexicon())
        .sentences
        .iter()
        .map(|sentence| sentence.span.slice(&text).to_owned())
        .collect();
    let wanted: Vec<&str> = marked.split('|').map(str::trim).collect();
    assert_eq!(found, wanted);
}

/// The tokens of a text, each as it stands.
fn words(text: &str) -> Vec<String> {
    let document = Document::plain(text);
    segment(&document, &lexicon())
        .tokens
        .iter()
        .map(|token| token.span.slice(text).to_owned())
        .collect()
}

/// Tokens beside a letter for their kind: w n c o q(close) ? m.
fn kinds(text: &str) -> String {
    let document = Document::plain(text);
    segment(&document, &lexicon())
        .tokens
        .iter()
        .map(|token| {
            let kind = match token.kind {
                TokenKind::Word => 'w',
                TokenKind::Number => 'n',
                TokenKind::Clitic => 'c',
                TokenKind::QuoteOpen => 'o',
                TokenKind::QuoteClose => 'q',
                TokenKind::Quote => '?',
                TokenKind::Mark => 'm',
            };
            format!("{}/{kind}", token.span.slice(text))
        })
        .collect::<Vec<_>>()
        .join(" ")
}

#[test]
fn plain_sentences() {
    splits("The valley fell. |The army left! |Who won? |Nobody knows.");
    splits("The valley fell.\n|The army left.");
    splits("They hold the\nvalley and the\nroad. |They left.");
}

#[test]
fn abbreviations_ranks_and_initials() {
    splits("Gen. Ahmad Shah met Lt. Col. J. R. Smith in Washington, D.C. on Sept. 6. |He left.");
    splits("The U.S. Army left the U.S. |The general said so. |It met the U.N. Security Council.");
    splits("Acme Inc. said it sold Foo Corp. |The deal was in Jan. 2021.");
    splits(
        "It is No. 5 of 7. |He said no. |Five left at 5 p.m. on Monday, e.g. Dr. Khan and ex-Sen. Poe.",
    );
    splits("He chose plan B. |The army left. |So did I. |The rest stayed.");
    splits("They are in the U.S.");
}

#[test]
fn numbers_and_ellipses() {
    splits("About 3.5 per cent of 1.200 men. |15 died.");
    splits("They came ... and left... |Then nothing… |It was over.");
    splits("Some 1,000 troops... 20 of them wounded.");
}

#[test]
fn stops_inside_quotes() {
    splits("“We closed the road, so we opened the bridge.” said Zaid. |He left the room.");
    splits("“They closed the road.” |The council said so.");
    splits("\"They closed the road.\" |\"We did not.\" |15 died.");
    splits("“Why?” he asked. |“Go!” the general said.");
    splits("(The valley fell.) |The army (approx. 500 men) left.");
    splits("It fell.[12] |The army left.");
}

#[test]
fn footnotes_after_a_blank() {
    splits("It fell in spring. [3] [12] |The army left. |[A council was held.] |It ended.");
}

/// Writers without capitals, in a text of their own or among others.
#[test]
fn small_letters_after_stops() {
    splits("so i went home. |they had left already. |who knows?");
    splits("The gate was open. |nobody had closed it. |Was it you? |or was it them?");
    splits("The Yalmar! said it approx. at noon; the tel. is off, the bldg. as well.");
    splits("“Bitter!” (for the cooks) and “Go!” he said. |“We won! - and stayed.”");
    splits("(i) the first pt. of it, says Zaid. |(ii) the second, ca. ten.");
    splits("He met J. I. Smith at 9:46 a.m. |I saw it.");
}

#[test]
fn addresses_faces_and_drawn_lines() {
    splits(
        "Read it. |http://example.org/a |http://example.org/b |The rest is at http://example.org/c today.",
    );
    splits("It was good. :) |The end :( |They left ;) as did we.");
    splits(
        "The list ends. |---------- |Another begins.\n|=====\n|The last -- it was long -- closes.",
    );
}

#[test]
fn missing_spaces() {
    splits("The valley fell.|The army left.”|They won.");
    splits("See www.example.com/The.End for it. |Write to a.b@example.com now.");
    splits("BBC.com wrote it. |The U.S.A. is far.");
}

#[test]
fn lists_and_blank_lines() {
    splits("He wants:\n|• peace\n|• bread\n|• land");
    splits("He wants\n|- Peace\n|- Bread");
    splits("A headline without a stop\n\n|The army left.");
    splits("Points\n|1) Peace\n|2) Bread");
    splits("1. The army left.\n|2. The valley fell.");
    splits("1. Peace\n|2. Bread");
    splits("The army - which\n- he said - left");
}

#[test]
fn capitals_and_datelines() {
    splits("THE VALLEY FELL. |GEN. SMITH LEFT. |THE ARMY STAYED.");
    splits("KABUL (Reuters) - The Taliban said on Monday it won. |It did.");
    splits("WASHINGTON, D.C. (AP) — The army left. |KABUL, Sept. 6 (Reuters) – It fell.");
    splits("the valley fell. |the army left.");
}

#[test]
fn other_scripts_and_spaces() {
    splits("The valley fell.\u{a0}|The\u{202f}army left.");
    splits("سقط الوادي. |غادر الجيش؟ |نعم");
    splits("کابل سقوط کرد۔ |فوج چلی گئی۔");
    splits("部队撤退了。|他说：“我们赢了。”|他走了。");
    splits("« La vallée est tombée. » |Il est parti.");
}

#[test]
fn words_numbers_and_clitics() {
    assert_eq!(
        kinds("The Taliban’s 19-minute film doesn't say he'll pay $150,000 or 5.56%."),
        "The/w Taliban/w ’s/c 19/n -/m minute/w film/w does/w n't/c say/w he/w 'll/c pay/w $/m 150,000/n or/w 5.56/n %/m ./m"
    );
    assert_eq!(
        kinds("U.S.-backed al-Qaeda, Sana'a 2021-09-06, 10-15 men, 9/11, 10:30, AK-47, AT&T."),
        "U.S./w -/m backed/w al/w -/m Qaeda/w ,/m Sana'a/w 2021-09-06/n ,/m 10/n -/m 15/n men/w ,/m 9/11/n ,/m 10:30/n ,/m AK/w -/m 47/n ,/m AT&T/w ./m"
    );
    assert_eq!(
        words("U.S.’s @BBC_World #Panjshir ’90s — -- ... …… ***"),
        [
            "U.S.",
            "’s",
            "@BBC_World",
            "#Panjshir",
            "’90s",
            "—",
            "--",
            "...",
            "……",
            "***"
        ]
    );
    assert_eq!(
        words("می\u{200c}رود caf\u{65}\u{301} ok"),
        ["می\u{200c}رود", "caf\u{65}\u{301}", "ok"]
    );
    assert_eq!(
        words("(see https://a.org/x?y=1, or www.b.org.)"),
        [
            "(",
            "see",
            "https://a.org/x?y=1",
            ",",
            "or",
            "www.b.org",
            ".",
            ")"
        ]
    );
}

/// Hyphens, units and marks as the treebanks divide them.
#[test]
fn parts_of_words() {
    assert_eq!(
        words(
            "ex-minister pro-council-run e-mail so-called price-wise 555-0134 500-1000 10km 7:30pm 5th"
        ),
        [
            "ex-minister",
            "pro-council",
            "-",
            "run",
            "e-mail",
            "so",
            "-",
            "called",
            "price-wise",
            "555-0134",
            "500",
            "-",
            "1000",
            "10",
            "km",
            "7:30",
            "pm",
            "5th"
        ]
    );
    assert_eq!(
        words("and/or #1 ?! ... !!! .? th- the ’em '31 :) << >>"),
        [
            "and", "/", "or", "#", "1", "?!", "...", "!!!", ".?", "th-", "the", "’em", "'31", ":)",
            "<<", ">>"
        ]
    );
}

/// Surface tokens: `+` stands between words that are written as one.
#[test]
fn words_written_as_one() {
    let surface = |text: &str| {
        let segments = segment(&Document::plain(text), &lexicon());
        let mut joined = String::new();
        for token in &segments.tokens {
            joined.push_str(if token.joined { "+" } else { " " });
            joined.push_str(token.span.slice(text));
        }
        joined
    };
    assert_eq!(
        surface("Don't say they cannot; it’s the boys' U.S.'s \"fort\"'s I couldn't've"),
        " Do+n't say they can+not ; it+’s the boys+' U.S.+'s \" fort \" 's I could+n't+'ve"
    );
    assert_eq!(surface("gonna WON'T n't"), " gon+na WO+N'T n't");
}

#[test]
fn quotation_marks() {
    assert_eq!(
        kinds("He said \"we won\" (\"all\")."),
        "He/w said/w \"/o we/w won/w \"/q (/m \"/o all/w \"/q )/m ./m"
    );
    assert_eq!(
        kinds("„Wir“, »so« «oui» ``well''"),
        "„/o Wir/w “/q ,/m »/o so/w «/q «/o oui/w »/q ``/o well/w ''/q"
    );
    assert_eq!(
        kinds("‘The fighters’ attack failed,’ he said of the boys’ war."),
        "‘/o The/w fighters/w ’/c attack/w failed/w ,/m ’/q he/w said/w of/w the/w boys/w ’/c war/w ./m"
    );
    assert_eq!(
        kinds("It 'fell', he said. A 6\" pipe. \" hello \""),
        "It/w '/o fell/w '/q ,/m he/w said/w ./m A/w 6/n \"/? pipe/w ./m \"/o hello/w \"/q"
    );
    assert_eq!(kinds("a\"b"), "a/w \"/? b/w");
}

#[test]
fn blocks_part_sentences() {
    let text = "A headline\n\nThe army left\n";
    let document = Document::plain(text);
    assert_eq!(document.blocks.len(), 2);
    let segments = segment(&document, &lexicon());
    let blocks: Vec<u32> = segments.sentences.iter().map(|s| s.block).collect();
    assert_eq!(blocks, [0, 1]);
    assert_eq!(segments.tokens_of(&segments.sentences[1]).len(), 3);
    assert_eq!(segment(&Document::plain(""), &lexicon()).tokens, []);
}
