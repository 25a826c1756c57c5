//! Pictures and fonts: bytes whose kind is told by what they are, not by their name.

use std::path::Path;
use std::sync::Arc;

use imagesize::ImageType;

use super::confine;
use super::limits::{MAX_BINARY, MAX_PICTURE_PIXELS, MAX_PICTURE_SIDE};
use super::press::Reader;
use crate::diag::codes::load as codes;
use crate::diag::{Diagnostic, Diagnostics, nearest};
use crate::folder::Binary;
use crate::source::{Place, Sources};
use crate::stamp::Seen;

/// Reads a picture of the press; `path` is below its root, `place` where it is asked for.
///
/// # Errors
/// A finding when it leads out of the press, does not exist, is too large, or is not the
/// kind of picture that its name says.
pub fn picture(root: &Path, path: &str, place: Place) -> Result<Binary, Diagnostic> {
    let bytes = canonical(root)
        .and_then(|root| {
            confine::plain(path)?;
            confine::read(&root, path, MAX_BINARY)
        })
        .map_err(|trouble| {
            let missing = matches!(trouble, confine::Trouble::Missing);
            let finding = trouble.report(path, Some(place), &codes::MISSING_PICTURE);
            let near = if missing { beside(root, path) } else { None };
            finding.maybe_hint(near.map(|name| format!("did you mean `{name}`?")))
        })?;
    check(&bytes, path, place)?;
    let hash = super::hash(&bytes);
    Ok(Binary { path: path.to_owned(), bytes: Arc::from(bytes), hash })
}

/// Reads the fonts (`.ttf`, `.otf`, `.ttc`) of folders of the press, in order, and says how
/// what was looked at stood; `place` is where the folders are named.
pub fn fonts(
    root: &Path,
    folders: &[String],
    place: Place,
    diags: &mut Diagnostics,
) -> (Vec<Binary>, Vec<Seen>) {
    let Ok(root) = canonical(root) else { return Default::default() };
    let mut sources = Sources::new();
    let mut reader =
        Reader { root: &root, sources: &mut sources, diags, asked: Some(place) };
    let mut fonts = Vec::new();
    for folder in folders {
        let folder = folder.trim_end_matches('/');
        let found = confine::plain(folder)
            .and_then(|()| confine::inside(&root, &root.join(folder)));
        match found {
            Ok(real) if real.is_dir() => {}
            Ok(_) => {
                reader.add(confine::Trouble::Missing.report(
                    folder,
                    Some(place),
                    &codes::MISSING_FOLDER,
                ));
                continue;
            }
            Err(trouble) => {
                reader.add(trouble.report(folder, Some(place), &codes::MISSING_FOLDER));
                continue;
            }
        }
        for entry in reader.walk(folder) {
            if ["ttf", "otf", "ttc"].contains(&entry.ending.as_str()) {
                fonts.extend(reader.binary(&entry.path, MAX_BINARY));
            }
        }
    }
    (fonts, sources.seen().to_vec())
}

fn canonical(root: &Path) -> Result<std::path::PathBuf, confine::Trouble> {
    Ok(root.canonicalize()?)
}

/// The file in the same folder whose name is nearest.
#[expect(clippy::disallowed_methods, reason = "`load` is the reader of files")]
fn beside(root: &Path, path: &str) -> Option<String> {
    let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
    let folder = confine::inside(&root.canonicalize().ok()?, &root.join(folder)).ok()?;
    let mut names: Vec<String> = std::fs::read_dir(folder)
        .ok()?
        .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
        .collect();
    names.sort_unstable();
    let near = nearest(name, names.iter().map(String::as_str))?;
    Some(near.to_owned())
}

/// A kind of picture that both outputs can show, with its endings; the first is proposed.
type Kind = (&'static str, &'static [&'static str]);
const PNG: Kind = ("PNG", &["png"]);
const JPEG: Kind = ("JPEG", &["jpg", "jpeg"]);
const WEBP: Kind = ("WebP", &["webp"]);
const SVG: Kind = ("SVG", &["svg"]);

fn check(bytes: &[u8], path: &str, place: Place) -> Result<(), Diagnostic> {
    let wrong = |message: String| Diagnostic::new(&codes::WRONG_PICTURE, place, message);
    let Some((name, endings)) = kind(bytes) else {
        let message = format!("`{path}` is no PNG, JPEG, WebP or SVG picture");
        return Err(wrong(message).hint("save it as PNG, JPEG, WebP or SVG"));
    };
    let stem_end = path.rfind('.').unwrap_or(path.len());
    let ending = path.get(stem_end + 1..).unwrap_or_default().to_ascii_lowercase();
    if !endings.contains(&ending.as_str()) {
        let message = format!(
            "`{path}` is a picture in the format {name}, which its name does not say"
        );
        let renamed = format!("{}.{}", &path[..stem_end], endings[0]);
        return Err(wrong(message).hint(format!("rename it to `{renamed}`")));
    }
    if name == SVG.0 {
        return check_svg(bytes).map_err(|words| {
            wrong(format!("`{path}` {words}"))
                .hint("save it again from a drawing program as plain SVG")
        });
    }
    let Ok(size) = imagesize::blob_size(bytes) else {
        return Err(wrong(format!("`{path}` is damaged: it does not say its size"))
            .hint("save it again"));
    };
    let (width, height) = (size.width, size.height);
    if width == 0 || height == 0 {
        return Err(wrong(format!("`{path}` is empty: {width} × {height} pixels")));
    }
    if width.max(height) > MAX_PICTURE_SIDE
        || width.saturating_mul(height) > MAX_PICTURE_PIXELS
    {
        let message = format!(
            "`{path}` has {width} × {height} pixels, more than {MAX_PICTURE_SIDE} along a side \
             or {} million",
            MAX_PICTURE_PIXELS / 1_000_000
        );
        return Err(Diagnostic::new(&codes::TOO_LARGE, place, message)
            .hint("scale it down: 2000 pixels fill a printed page"));
    }
    Ok(())
}

/// Width and height in pixels of a picture made of pixels; `None` for SVG.
pub fn picture_size(bytes: &[u8]) -> Option<(u32, u32)> {
    let size = imagesize::blob_size(bytes).ok()?;
    Some((u32::try_from(size.width).ok()?, u32::try_from(size.height).ok()?))
}

fn kind(bytes: &[u8]) -> Option<Kind> {
    match imagesize::image_type(bytes) {
        Ok(ImageType::Png) => return Some(PNG),
        Ok(ImageType::Jpeg) => return Some(JPEG),
        Ok(ImageType::Webp) => return Some(WEBP),
        _ => {}
    }
    let head = &bytes[..bytes.len().min(4096)];
    let head = String::from_utf8_lossy(head);
    let head = head.trim_start_matches('\u{FEFF}').trim_start();
    (head.starts_with('<') && head.contains("<svg")).then_some(SVG)
}

/// Checks what an SVG must be to be shown without harm: UTF-8, its root `<svg>`, and no
/// entities of its own, which may expand without bound.
fn check_svg(bytes: &[u8]) -> Result<(), &'static str> {
    let text = std::str::from_utf8(bytes).map_err(|_| "is not UTF-8")?;
    if text.contains("<!ENTITY") {
        return Err("declares entities of its own");
    }
    let mut rest = text.trim_start_matches('\u{FEFF}').trim_start();
    loop {
        let end = if rest.starts_with("<?") {
            rest.find("?>").map(|end| end + 2)
        } else if rest.starts_with("<!--") {
            rest.find("-->").map(|end| end + 3)
        } else if rest.starts_with("<!") {
            rest.find('>').map(|end| end + 1)
        } else {
            break;
        };
        rest = rest[end.ok_or("breaks off")?..].trim_start();
    }
    let root = rest.strip_prefix("<svg");
    match root.and_then(|rest| rest.chars().next()) {
        Some(c) if c.is_whitespace() || c == '>' || c == '/' => Ok(()),
        _ => Err("does not begin with `<svg>`"),
    }
}
