//! The language of a text, from its letters and words.
//!
//! It knows the languages that the detector knows and stays silent where the detector is unsure.

use crate::plain::visible;
use whatlang::Lang;

/// Fewest letters from which a language is told.
const FEWEST_LETTERS: usize = 40;
/// How much of a text is looked at, in bytes; more does not change the answer.
const LOOKED_AT: usize = 20_000;

/// ISO 639-1 code of the text's language, where it is long enough and the detection is reliable; else the `declared` one.
#[must_use]
pub fn language(text: &str, declared: Option<&str>) -> Option<String> {
    let mut end = text.len().min(LOOKED_AT);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let text = visible(&text[..end]);
    let letters = text
        .chars()
        .filter(|c| c.is_alphabetic())
        .take(FEWEST_LETTERS)
        .count();
    let detected = (letters == FEWEST_LETTERS)
        .then(|| whatlang::detect(text))
        .flatten()
        .filter(whatlang::Info::is_reliable)
        .and_then(|info| two_letters(info.lang()));
    detected.map_or_else(|| declared.and_then(code), |code| Some(code.to_owned()))
}

/// The ISO 639-1 code at the head of a language tag: `en` of `en-GB`.
#[must_use]
pub fn code(tag: &str) -> Option<String> {
    let head = tag.trim().split(['-', '_']).next()?.to_ascii_lowercase();
    (head.len() == 2 && head.bytes().all(|b| b.is_ascii_lowercase())).then_some(head)
}

fn two_letters(lang: Lang) -> Option<&'static str> {
    CODES
        .iter()
        .find(|(known, _)| *known == lang)
        .map(|&(_, code)| code)
}

/// ISO 639-1 codes of the detector's languages (it gives ISO 639-3).
const CODES: [(Lang, &str); 70] = [
    (Lang::Epo, "eo"),
    (Lang::Eng, "en"),
    (Lang::Rus, "ru"),
    (Lang::Cmn, "zh"),
    (Lang::Spa, "es"),
    (Lang::Por, "pt"),
    (Lang::Ita, "it"),
    (Lang::Ben, "bn"),
    (Lang::Fra, "fr"),
    (Lang::Deu, "de"),
    (Lang::Ukr, "uk"),
    (Lang::Kat, "ka"),
    (Lang::Ara, "ar"),
    (Lang::Hin, "hi"),
    (Lang::Jpn, "ja"),
    (Lang::Heb, "he"),
    (Lang::Yid, "yi"),
    (Lang::Pol, "pl"),
    (Lang::Amh, "am"),
    (Lang::Jav, "jv"),
    (Lang::Kor, "ko"),
    (Lang::Nob, "nb"),
    (Lang::Dan, "da"),
    (Lang::Swe, "sv"),
    (Lang::Fin, "fi"),
    (Lang::Tur, "tr"),
    (Lang::Nld, "nl"),
    (Lang::Hun, "hu"),
    (Lang::Ces, "cs"),
    (Lang::Ell, "el"),
    (Lang::Bul, "bg"),
    (Lang::Bel, "be"),
    (Lang::Mar, "mr"),
    (Lang::Kan, "kn"),
    (Lang::Ron, "ro"),
    (Lang::Slv, "sl"),
    (Lang::Hrv, "hr"),
    (Lang::Srp, "sr"),
    (Lang::Mkd, "mk"),
    (Lang::Lit, "lt"),
    (Lang::Lav, "lv"),
    (Lang::Est, "et"),
    (Lang::Tam, "ta"),
    (Lang::Vie, "vi"),
    (Lang::Urd, "ur"),
    (Lang::Tha, "th"),
    (Lang::Guj, "gu"),
    (Lang::Uzb, "uz"),
    (Lang::Pan, "pa"),
    (Lang::Aze, "az"),
    (Lang::Ind, "id"),
    (Lang::Tel, "te"),
    (Lang::Pes, "fa"),
    (Lang::Mal, "ml"),
    (Lang::Ori, "or"),
    (Lang::Mya, "my"),
    (Lang::Nep, "ne"),
    (Lang::Sin, "si"),
    (Lang::Khm, "km"),
    (Lang::Tuk, "tk"),
    (Lang::Aka, "ak"),
    (Lang::Zul, "zu"),
    (Lang::Sna, "sn"),
    (Lang::Afr, "af"),
    (Lang::Lat, "la"),
    (Lang::Slk, "sk"),
    (Lang::Cat, "ca"),
    (Lang::Tgl, "tl"),
    (Lang::Hye, "hy"),
    (Lang::Cym, "cy"),
];
