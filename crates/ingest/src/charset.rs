//! Bytes to text: byte order marks, declared and guessed charsets.
//!
//! It does not know formats, except where HTML and XML write their charset.

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};

/// A decoded text.
#[derive(Debug)]
pub struct Decoded<'a> {
    /// The text. Borrowed exactly where the bytes were valid UTF-8, a byte order mark included.
    pub text: std::borrow::Cow<'a, str>,
    /// What a reader should know: the charset, where it is not UTF-8, and how many characters were lost.
    pub note: Option<String>,
}

/// How far into a file a charset may be declared.
const DECLARED_WITHIN: usize = 4096;
/// How much of a file the guess looks at: more does not change it.
const GUESSED_FROM: usize = 256 * 1024;

/// Decodes bytes. `marked_up`: whether a charset may be declared in the bytes, as HTML and XML do.
///
/// # Errors
/// One sentence where most of the text could not be decoded.
pub fn decode(bytes: &[u8], marked_up: MarkedUp) -> Result<Decoded<'_>, String> {
    // UTF-16 without a mark is valid UTF-8 with a zero after every letter.
    let wide = unmarked_utf16(bytes);
    if let (None, Ok(text)) = (wide, std::str::from_utf8(bytes)) {
        return Ok(Decoded {
            text: text.into(),
            note: None,
        });
    }
    let (encoding, how) = if let Some((encoding, _)) = Encoding::for_bom(bytes) {
        (encoding, "by its byte order mark")
    } else if let Some(encoding) = wide {
        (encoding, "guessed from its zero bytes")
    } else if mostly_utf8(bytes) {
        (UTF_8, "guessed")
    } else if let Some(encoding) = declared(bytes, marked_up) {
        (encoding, "as declared")
    } else {
        let mut detector = chardetng::EncodingDetector::new(chardetng::Iso2022JpDetection::Deny);
        detector.feed(&bytes[..bytes.len().min(GUESSED_FROM)], true);
        (
            detector.guess(None, chardetng::Utf8Detection::Allow),
            "guessed",
        )
    };
    let (text, _) = encoding.decode_with_bom_removal(bytes);
    let lost = text.chars().filter(|&c| c == '\u{fffd}').count();
    if lost * 5 > text.chars().count() {
        return Err(format!(
            "the text could not be decoded ({} {how}); convert it to UTF-8 and read it again",
            encoding.name()
        ));
    }
    let losses = match lost {
        0 => String::new(),
        1 => "; 1 character could not be decoded".to_owned(),
        n => format!("; {n} characters could not be decoded"),
    };
    Ok(Decoded {
        note: Some(format!("decoded from {} ({how}){losses}", encoding.name())),
        text: text.into_owned().into(),
    })
}

/// Whether a text can declare its charset inside.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MarkedUp {
    /// Plain text and JSON.
    No,
    /// HTML and XML.
    Yes,
}

/// UTF-16 without a byte order mark: every other byte of Western text is zero.
fn unmarked_utf16(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = &bytes[..bytes.len().min(1024) & !1];
    let zeros = |from: usize| {
        head.iter()
            .skip(from)
            .step_by(2)
            .filter(|&&b| b == 0)
            .count()
    };
    let (even, odd, pairs) = (zeros(0), zeros(1), head.len() / 2);
    if pairs < 4 {
        return None;
    }
    if odd * 10 >= pairs * 7 && even * 10 <= pairs {
        Some(UTF_16LE)
    } else if even * 10 >= pairs * 7 && odd * 10 <= pairs {
        Some(UTF_16BE)
    } else {
        None
    }
}

/// Whether a few bytes were damaged in a text that is otherwise UTF-8: more characters beyond ASCII are whole than broken.
fn mostly_utf8(bytes: &[u8]) -> bool {
    let (mut whole, mut broken) = (0_usize, 0_usize);
    for chunk in bytes.utf8_chunks() {
        whole += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        broken += usize::from(!chunk.invalid().is_empty());
    }
    whole > broken
}

/// The charset that HTML or XML names in its first bytes.
fn declared(bytes: &[u8], marked_up: MarkedUp) -> Option<&'static Encoding> {
    if marked_up == MarkedUp::No {
        return None;
    }
    let head = bytes[..bytes.len().min(DECLARED_WITHIN)].to_ascii_lowercase();
    [&b"charset"[..], b"encoding"].into_iter().find_map(|word| {
        let at = head.windows(word.len()).position(|w| w == word)? + word.len();
        let rest: Vec<u8> = head[at..]
            .iter()
            .copied()
            .skip_while(|b| b" \t\r\n=\"'".contains(b))
            .take_while(|b| b.is_ascii_alphanumeric() || b"-_:".contains(b))
            .collect();
        // The page was not valid UTF-8, so a claim to be UTF-8 is wrong.
        Encoding::for_label(&rest).filter(|&encoding| encoding != UTF_8)
    })
}

/// Whether bytes are UTF-16 without a byte order mark.
#[must_use]
pub fn is_unmarked_utf16(bytes: &[u8]) -> bool {
    unmarked_utf16(bytes).is_some()
}
