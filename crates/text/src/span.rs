//! `Span`: a half-open range of bytes in one document's text.
//!
//! It does not know which document; whoever holds a span holds the text beside it.

/// A half-open range of bytes, on character boundaries of the text it was made for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// First byte.
    pub start: u32,
    /// The byte after the last one.
    pub end: u32,
}

impl Span {
    /// A span of bytes `start..end`; the larger of the two is the end.
    #[must_use]
    pub fn new(start: usize, end: usize) -> Self {
        // Documents are at most 64 MiB, so a byte offset fits; a larger number saturates rather than wraps.
        let small = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        let (a, b) = (small(start), small(end));
        Self {
            start: a.min(b),
            end: a.max(b),
        }
    }

    /// The first byte, as an index.
    #[must_use]
    pub fn from(self) -> usize {
        self.start as usize
    }

    /// The byte after the last one, as an index.
    #[must_use]
    pub fn to(self) -> usize {
        self.end as usize
    }

    /// Number of bytes.
    #[must_use]
    pub fn len(self) -> usize {
        self.to() - self.from()
    }

    /// Whether there is nothing in it.
    #[must_use]
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// The words. Empty where the span was not made for this text: the core does not panic.
    #[must_use]
    pub fn slice(self, text: &str) -> &str {
        text.get(self.from()..self.to()).unwrap_or("")
    }

    /// Whether the span lies in the text, on character boundaries.
    #[must_use]
    pub fn fits(self, text: &str) -> bool {
        text.get(self.from()..self.to()).is_some()
    }

    /// Whether `other` lies wholly inside.
    #[must_use]
    pub fn contains(self, other: Span) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Whether the two share a byte.
    #[must_use]
    pub fn overlaps(self, other: Span) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// How many bytes the two share.
    #[must_use]
    pub fn shared(self, other: Span) -> usize {
        (self.to().min(other.to())).saturating_sub(self.from().max(other.from()))
    }

    /// The smallest span that holds both.
    #[must_use]
    pub fn cover(self, other: Span) -> Span {
        Span {
            start: self.start.min(other.start),
            end: self.end.max(other.end),
        }
    }

    /// The span without white space at either end.
    #[must_use]
    pub fn trim(self, text: &str) -> Span {
        let words = self.slice(text);
        let start = self.from() + (words.len() - words.trim_start().len());
        Span::new(start, start + words.trim().len())
    }
}
