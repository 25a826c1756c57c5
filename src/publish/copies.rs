//! Compressed copies of outputs (预压缩), for servers that hand them out as they are:
//! `page.html.gz`, `page.html.br`.
//!
//! A copy belongs to the edition of its original and goes with it. The same bytes give the
//! same copies.

use std::io::Write as _;

use flate2::{Compression, GzBuilder};

use super::disk::{self, Found};
use super::{Artifact, Packer};

/// Endings of what gains by it; PDFs, pictures and the index of the search are compressed
/// already.
const TEXTS: [&str; 10] =
    ["html", "css", "js", "json", "svg", "xml", "txt", "csv", "atom", "webmanifest"];

/// Smaller files fit into one packet anyway.
const LEAST: usize = 1024;

/// Brotli's effort: beyond it files get a hundredth smaller and take ten times as long.
const QUALITY: i32 = 9;

/// Brotli's window: as large as browsers are asked to keep.
const WINDOW: i32 = 22;

/// Compresses bytes; nothing where that fails.
type Way = fn(&[u8]) -> Option<Vec<u8>>;

/// The ways of compressing, by the ending that servers know them by.
const WAYS: [(&str, Way); 2] = [("gz", gzip), ("br", brotli)];

impl Packer {
    /// Adds the copies of files.
    pub(super) fn add_copies(&self, artifacts: &mut Vec<Artifact>) {
        let mut copies = Vec::new();
        for artifact in &*artifacts {
            let ending = artifact.path.rsplit('.').next().unwrap_or_default();
            if artifact.bytes().len() < LEAST || !TEXTS.contains(&ending) {
                continue;
            }
            for (ending, compress) in WAYS {
                let path = format!("{}.{ending}", artifact.path);
                let bytes = self
                    .last_copy(artifact, &path)
                    .or_else(|| compress(artifact.bytes()));
                let smaller = bytes.filter(|bytes| bytes.len() < artifact.bytes().len());
                copies.extend(smaller.map(|bytes| Artifact::new(path, bytes)));
            }
        }
        artifacts.extend(copies);
    }

    /// The copy that the last build made, where its original was the same.
    fn last_copy(&self, artifact: &Artifact, path: &str) -> Option<Vec<u8>> {
        let original = self.previous.outputs.get(&artifact.path)?;
        let copy = self.previous.outputs.get(path)?;
        if original.sha256 != artifact.sha256() {
            return None;
        }
        match disk::look(&self.folder.join(path)) {
            Ok(Found::File(bytes)) if disk::sha256(&bytes) == copy.sha256 => Some(bytes),
            _ => None,
        }
    }
}

fn gzip(bytes: &[u8]) -> Option<Vec<u8>> {
    // No name and no time: they would differ from build to build.
    let mut out = GzBuilder::new().write(Vec::new(), Compression::best());
    out.write_all(bytes).ok()?;
    out.finish().ok()
}

fn brotli(bytes: &[u8]) -> Option<Vec<u8>> {
    let params = brotli::enc::BrotliEncoderParams {
        quality: QUALITY,
        lgwin: WINDOW,
        size_hint: bytes.len(),
        ..Default::default()
    };
    let mut out = Vec::new();
    brotli::BrotliCompress(&mut &bytes[..], &mut out, &params).ok()?;
    Some(out)
}

#[cfg(test)]
mod tests {
    use std::io::Read as _;

    use super::*;

    #[test]
    fn copies_give_back_their_original() {
        let text = "全市社会组织参与捐赠。".repeat(200);
        let packed = gzip(text.as_bytes()).expect("compressed");
        let mut back = String::new();
        let mut reader = flate2::read::GzDecoder::new(&packed[..]);
        reader.read_to_string(&mut back).expect("whole");
        assert_eq!(back, text);
        assert_eq!(packed[4..8], [0; 4], "no time");
        let packed = brotli(text.as_bytes()).expect("compressed");
        let mut back = Vec::new();
        brotli::BrotliDecompress(&mut &packed[..], &mut back).expect("whole");
        assert_eq!(back, text.as_bytes());
    }
}
