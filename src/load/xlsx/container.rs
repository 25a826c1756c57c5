//! The zip around a workbook: parts are inflated one by one, within bounds.

use std::collections::BTreeMap;
use std::fmt;
use std::io::{Cursor, Read};

use zip::ZipArchive;

use super::Problem;
use crate::load::limits::{MAX_FREE, MAX_INFLATED, MAX_PARTS, MAX_RATIO};

/// The parts of a workbook by path.
pub(super) struct Parts<'b> {
    archive: ZipArchive<Cursor<&'b [u8]>>,
    /// Numbers of the entries by lower-cased path: part names compare so (ECMA-376 part 2,
    /// 6.2.2.3).
    names: BTreeMap<String, usize>,
    size: u64,
    inflated: u64,
}

impl fmt::Debug for Parts<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Parts").field("names", &self.names).finish_non_exhaustive()
    }
}

impl<'b> Parts<'b> {
    /// Lists the parts.
    pub(super) fn open(bytes: &'b [u8]) -> Result<Self, Problem> {
        match bytes {
            [0xD0, 0xCF, 0x11, 0xE0, ..] => {
                return Err(Problem::malformed(
                    "the workbook is protected by a password, or is an old .xls with a new name",
                ));
            }
            [b'P', b'K', ..] => {}
            _ => return Err(Problem::malformed("the file is no .xlsx workbook")),
        }
        let archive = ZipArchive::new(Cursor::new(bytes))
            .map_err(|error| Problem::malformed(damaged(&error.to_string())))?;
        if archive.len() > MAX_PARTS {
            return Err(Problem::too_large(format!(
                "the workbook consists of {} parts, more than {MAX_PARTS}",
                archive.len()
            )));
        }
        let mut names = BTreeMap::new();
        for (number, name) in archive.file_names().enumerate() {
            let Ok(name) = name else { continue };
            names.entry(normal(&name)).or_insert(number);
        }
        Ok(Self { archive, names, size: bytes.len() as u64, inflated: 0 })
    }

    /// The text of a part; `None` where there is no such part.
    pub(super) fn text(&mut self, path: &str) -> Result<Option<String>, Problem> {
        let Some(&number) = self.names.get(&normal(path)) else { return Ok(None) };
        let part = self
            .archive
            .by_index(number)
            .map_err(|error| Problem::malformed(damaged(&error.to_string())))?;
        // What is declared is not believed: bytes are counted as they come.
        let most = (self.size.saturating_mul(MAX_RATIO)).clamp(MAX_FREE, MAX_INFLATED);
        let rest = most.saturating_sub(self.inflated);
        let mut bytes = Vec::new();
        part.take(rest + 1)
            .read_to_end(&mut bytes)
            .map_err(|error| Problem::malformed(damaged(&error.to_string())))?;
        self.inflated += bytes.len() as u64;
        if self.inflated > most {
            return Err(Problem::too_large(format!(
                "the workbook inflates to more than {} MiB, {} times its size",
                most >> 20,
                most / self.size.max(1)
            )));
        }
        let text = String::from_utf8(bytes).map_err(|_| {
            Problem::malformed(format!("the part `{path}` of the workbook is not UTF-8"))
        })?;
        Ok(Some(match text.strip_prefix('\u{FEFF}') {
            Some(text) => text.to_owned(),
            None => text,
        }))
    }
}

fn damaged(words: &str) -> String {
    format!("the workbook is damaged: {}", words.trim_end_matches('.'))
}

/// A part's name in the form in which names are compared.
fn normal(path: &str) -> String {
    path.replace('\\', "/").trim_start_matches('/').to_lowercase()
}
