//! What single characters are for: blanks, word characters, marks, stops, quotation marks.
//!
//! It does not know words; every answer depends on one character alone.

/// White space of any width (no-break spaces included), control and invisible format characters: what lies between tokens.
pub fn is_blank(c: char) -> bool {
    c.is_whitespace() || c.is_control() || is_format(c)
}

/// Invisible characters: direction marks, zero-width spaces, soft hyphens, byte order marks.
fn is_format(c: char) -> bool {
    matches!(c,
        '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}')
}

/// Invisible characters that may stand inside a word without breaking it.
pub fn is_joiner(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200c}' | '\u{200d}' | '\u{2060}')
}

/// Letters, digits and the marks combined with them.
pub fn is_word(c: char) -> bool {
    c.is_alphanumeric() || is_combining(c)
}

/// Marks that combine with the character before them, as far as they are not letters in Unicode's eyes.
pub fn is_combining(c: char) -> bool {
    matches!(c,
        '\u{300}'..='\u{36f}' | '\u{483}'..='\u{489}' | '\u{591}'..='\u{5bd}' | '\u{610}'..='\u{61a}'
        | '\u{64b}'..='\u{65f}' | '\u{670}' | '\u{6d6}'..='\u{6dc}' | '\u{6df}'..='\u{6e8}' | '\u{6ea}'..='\u{6ed}'
        | '\u{93c}' | '\u{94d}' | '\u{9bc}' | '\u{9cd}' | '\u{1ab0}'..='\u{1aff}' | '\u{1dc0}'..='\u{1dff}'
        | '\u{20d0}'..='\u{20ff}' | '\u{fe00}'..='\u{fe0f}' | '\u{fe20}'..='\u{fe2f}')
}

/// Characters written for an apostrophe.
pub fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | '‘' | '`' | '´' | '＇')
}

/// Hyphens that join the parts of a word. Dashes do not.
pub fn is_hyphen(c: char) -> bool {
    matches!(c, '-' | '\u{2010}' | '\u{2011}')
}

/// Dots, dashes, stars and the like: a run of the same one is one token.
pub fn is_run(c: char) -> bool {
    is_dash(c) || matches!(c, '.' | '…' | '·' | '*' | '_' | '=' | '~' | '<' | '>' | '+')
}

/// Dashes, hyphens and minus signs.
pub fn is_dash(c: char) -> bool {
    is_hyphen(c) || matches!(c, '\u{2012}'..='\u{2015}' | '\u{2212}')
}

/// Marks that end a sentence in some script.
pub fn is_stop(c: char) -> bool {
    matches!(
        c,
        '.' | '…' | '!' | '?' | '‽' | '⁇' | '⁈' | '⁉' | '۔' | '؟' | '।' | '॥' | '։' | '።'
    ) || is_wide_stop(c)
}

/// Full-width stops, after which no space is written.
pub fn is_wide_stop(c: char) -> bool {
    matches!(c, '。' | '！' | '？' | '．' | '｡')
}

/// Opening brackets.
pub fn is_open_bracket(c: char) -> bool {
    matches!(c, '(' | '[' | '{' | '（' | '［' | '【')
}

/// Closing brackets.
pub fn is_close_bracket(c: char) -> bool {
    matches!(c, ')' | ']' | '}' | '）' | '］' | '】')
}

/// Marks that are written for the items of a list and for little else.
pub fn is_bullet(c: char) -> bool {
    matches!(
        c,
        '•' | '‣'
            | '◦'
            | '▪'
            | '▫'
            | '●'
            | '○'
            | '■'
            | '□'
            | '►'
            | '▶'
            | '➤'
            | '⁃'
            | '∙'
    )
}

/// Marks that may stand for bullets at the start of a line, and mean something else elsewhere.
pub fn is_perhaps_bullet(c: char) -> bool {
    is_dash(c) || matches!(c, '*' | '+' | '·')
}

/// Quotation marks that open by their shape.
pub fn is_open_quote(c: char) -> bool {
    matches!(
        c,
        '“' | '‟' | '„' | '«' | '‹' | '「' | '『' | '《' | '〈' | '❝' | '〝' | '‚' | '‛'
    )
}

/// Quotation marks that close by their shape.
pub fn is_close_quote(c: char) -> bool {
    matches!(
        c,
        '”' | '»' | '›' | '」' | '』' | '》' | '〉' | '❞' | '〞' | '〟'
    )
}
