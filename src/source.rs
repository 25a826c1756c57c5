//! Every input file, and the places in it that values and diagnostics point to.
//!
//! A [`Place`] is small and `Copy`; it means something only together with the
//! [`Sources`] that gave its [`FileId`]. Nothing here reads a file: `load` does.

use std::fmt::Write as _;
use std::sync::{Arc, OnceLock};

use crate::stamp::Seen;

/// The number of a file in [`Sources`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FileId(u32);

impl FileId {
    /// The numbers from this one on.
    pub fn following(self) -> impl Iterator<Item = Self> {
        (self.0..).map(Self)
    }
}

/// Where something stands: a file and a span in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place {
    /// The file.
    pub file: FileId,
    /// The part of the file.
    pub span: Span,
}

/// A part of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Span {
    /// The file as a whole.
    Whole,
    /// Bytes of the decoded text, `start..end`.
    Bytes {
        /// Offset of the first byte.
        start: u32,
        /// Offset after the last byte.
        end: u32,
    },
    /// A cell of a workbook; row and column count from 0.
    Cell {
        /// Index into [`SourceFile::sheets`].
        sheet: u16,
        /// Row, from 0.
        row: u32,
        /// Column, from 0.
        col: u32,
    },
}

impl Place {
    /// Whether two places share a byte or a cell; a whole file shares all that is in it.
    pub fn overlaps(&self, other: &Self) -> bool {
        let shared = match (self.span, other.span) {
            (Span::Bytes { start, end }, Span::Bytes { start: from, end: to }) => {
                start < to.max(from + 1) && from < end.max(start + 1)
            }
            (Span::Whole, _) | (_, Span::Whole) => true,
            (own, others) => own == others,
        };
        self.file == other.file && shared
    }

    /// The whole of a file.
    pub fn whole(file: FileId) -> Self {
        Self { file, span: Span::Whole }
    }

    /// A byte range of a file's decoded text.
    pub fn bytes(file: FileId, range: std::ops::Range<usize>) -> Self {
        let clip = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        Self {
            file,
            span: Span::Bytes { start: clip(range.start), end: clip(range.end) },
        }
    }

    /// A cell of a workbook, all numbers from 0.
    pub fn cell(file: FileId, sheet: u16, row: u32, col: u32) -> Self {
        Self { file, span: Span::Cell { sheet, row, col } }
    }

    /// The byte range, where the place is one.
    pub fn range(&self) -> Option<std::ops::Range<usize>> {
        match self.span {
            Span::Bytes { start, end } => Some(start as usize..end as usize),
            _ => None,
        }
    }
}

/// One input file as it was read.
#[derive(Debug)]
pub struct SourceFile {
    /// Path below the press root, with `/`; built-in templates begin with `annals:`.
    pub path: String,
    /// The decoded text; empty for workbooks and pictures.
    pub text: String,
    /// Names of the sheets, for workbooks.
    pub sheets: Vec<String>,
    /// SHA-256 of the bytes on disk, lower-case hexadecimal.
    pub hash: String,
    lines: OnceLock<Vec<u32>>,
}

/// A line and a column as people count them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LineCol {
    /// Line, from 1.
    pub line: usize,
    /// Column in characters, from 1.
    pub col: usize,
}

impl SourceFile {
    /// Makes a file from its parts; line starts are found when first asked for.
    pub fn new(path: String, text: String, sheets: Vec<String>, hash: String) -> Self {
        Self { path, text, sheets, hash, lines: OnceLock::new() }
    }

    /// A file that could not be read, to point to.
    pub fn unread(path: String) -> Self {
        Self::new(path, String::new(), Vec::new(), String::new())
    }

    /// Line and column of a byte offset; an offset past the end counts as the end.
    pub fn line_col(&self, offset: usize) -> LineCol {
        let starts = self.lines.get_or_init(|| {
            let ends = memchr_lines(&self.text);
            std::iter::once(0).chain(ends).collect()
        });
        let mut offset = offset.min(self.text.len());
        while !self.text.is_char_boundary(offset) {
            offset -= 1;
        }
        let line = starts.partition_point(|&start| start as usize <= offset).max(1);
        let start = starts.get(line - 1).map_or(0, |&start| start as usize);
        LineCol { line, col: self.text[start..offset].chars().count() + 1 }
    }
}

fn memchr_lines(text: &str) -> impl Iterator<Item = u32> + '_ {
    text.bytes()
        .enumerate()
        .filter(|&(_, byte)| byte == b'\n')
        .map(|(at, _)| u32::try_from(at + 1).unwrap_or(u32::MAX))
}

/// All input files of a run, in the order in which they were read.
#[derive(Debug, Default)]
pub struct Sources {
    files: Vec<Arc<SourceFile>>,
    seen: Vec<Seen>,
}

impl Sources {
    /// An empty list.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a file and gives its number.
    pub fn add(&mut self, file: impl Into<Arc<SourceFile>>) -> FileId {
        let id = self.next_id();
        self.files.push(file.into());
        id
    }

    /// The number of the file that is added next.
    pub fn next_id(&self) -> FileId {
        FileId(u32::try_from(self.files.len()).expect("a press has under 2^32 files"))
    }

    /// Notes how a file or folder stood that was looked at.
    pub fn note(&mut self, seen: Seen) {
        self.seen.push(seen);
    }

    /// How everything stood that was looked at.
    pub fn seen(&self) -> &[Seen] {
        &self.seen
    }

    /// The file of a number that this list gave.
    pub fn get(&self, id: FileId) -> &SourceFile {
        &self.files[id.0 as usize]
    }

    /// The number of the file with this path.
    pub fn find(&self, path: &str) -> Option<FileId> {
        let at = self.files.iter().position(|file| file.path == path)?;
        Some(FileId(u32::try_from(at).ok()?))
    }

    /// All files, in order.
    pub fn iter(&self) -> impl Iterator<Item = (FileId, &SourceFile)> {
        FileId(0).following().zip(self.files.iter().map(|file| &**file))
    }

    /// The text that a place covers; empty for cells and whole files.
    pub fn slice(&self, place: Place) -> &str {
        let text = &self.get(place.file).text;
        place.range().and_then(|range| text.get(range)).unwrap_or("")
    }

    /// A place as people click it: `ten-events.md:14:9`, `figures.xlsx: Sheet1!D7`, `a.toml`.
    pub fn show(&self, place: Place) -> String {
        let file = self.get(place.file);
        let mut out = file.path.clone();
        match place.span {
            Span::Whole => {}
            Span::Bytes { start, .. } => {
                let at = file.line_col(start as usize);
                let _ = write!(out, ":{}:{}", at.line, at.col);
            }
            Span::Cell { sheet, row, col } => {
                let name = file.sheets.get(sheet as usize).map_or("?", String::as_str);
                let _ = write!(out, ": {name}!{}{}", column_letters(col), row + 1);
            }
        }
        out
    }
}

/// A column number (from 0) in spreadsheet letters: 0 → `A`, 26 → `AA`.
pub fn column_letters(col: u32) -> String {
    let mut letters = Vec::new();
    let mut rest = u64::from(col) + 1;
    while rest > 0 {
        let digit = u8::try_from((rest - 1) % 26).expect("a remainder by 26 fits a byte");
        letters.push(char::from(b'A' + digit));
        rest = (rest - 1) / 26;
    }
    letters.iter().rev().collect()
}
