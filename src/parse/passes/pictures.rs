//! Pictures are files of the press, and have an alternative text.

use std::cell::RefCell;
use std::collections::BTreeSet;

use super::target::{self, Written};
use crate::address;
use crate::diag::codes::parse as codes;
use crate::diag::{Diagnostic, Diagnostics};
use crate::document::{BlockKind, Document, Image, InlineKind, Picture, walk_block};
use crate::parse::{Context, Dialect, inlines};
use crate::source::Place;

/// Folders of the press root: a path that begins with one of them is counted from the
/// root, every other from the narrative's folder.
static ROOTS: [&str; 2] = ["content/", "templates/"];

/// Resolves the paths of all pictures and lists them. Whether the files exist is found
/// out by who reads them.
pub fn pictures(document: &mut Document, context: &Context<'_>, diags: &mut Diagnostics) {
    if context.dialect == Dialect::Markdown {
        return;
    }
    inlines::each_block(document, &mut |block| {
        if let BlockKind::Figure(figure) = &mut block.kind {
            resolve(&mut figure.image, block.place, context, diags);
        }
    });
    inlines::each_inline(document, &mut |inline| {
        if let InlineKind::Image(image) = &mut inline.kind {
            resolve(image, inline.place, context, diags);
        }
    });
    document.pictures = list(document);
}

fn resolve(
    image: &mut Image,
    place: Place,
    context: &Context<'_>,
    diags: &mut Diagnostics,
) {
    if image.alt.trim().is_empty() {
        diags.add(
            Diagnostic::new(
                &codes::MISSING_ALT,
                place,
                format!("picture `{}` has no alternative text", image.path),
            )
            .hint("write what it shows between `![` and `]`"),
        );
    }
    let folder = address::folder(context.narrative);
    let (code, message, hint) = match target::read(&image.path, folder, &ROOTS) {
        Written::File(path, _) => {
            image.path = path;
            return;
        }
        Written::Scheme(_) => (
            &codes::REMOTE_PICTURE,
            format!("picture `{}` is no file of the press", image.path),
            "save it beside the narrative and write its name",
        ),
        Written::Outside => (
            &codes::PATH_OUTSIDE_PRESS,
            format!("`{}` is an absolute path or leaves the press", image.path),
            "write the path from this narrative's folder on, or from `content/`, with `/`",
        ),
        Written::Anchor(_) | Written::Nothing => (
            &codes::DANGLING_LINK,
            "this picture has no file".to_owned(),
            "write the file's name between `(` and `)`",
        ),
    };
    image.path = String::new();
    diags.add(Diagnostic::new(code, place, message).hint(hint));
}

/// The pictures that have a file, each once, in order of use.
fn list(document: &Document) -> Vec<Picture> {
    let found = RefCell::new((BTreeSet::new(), Vec::new()));
    let take = |image: &Image, place: Place| {
        let (known, list) = &mut *found.borrow_mut();
        if !image.path.is_empty() && known.insert(image.path.clone()) {
            list.push(Picture { path: image.path.clone(), place });
        }
    };
    let notes = document.notes.iter().flat_map(|note| &note.blocks);
    for block in document.blocks.iter().chain(notes) {
        walk_block(
            block,
            &mut |block| {
                if let BlockKind::Figure(figure) = &block.kind {
                    take(&figure.image, block.place);
                }
            },
            &mut |inline| {
                if let InlineKind::Image(image) = &inline.kind {
                    take(image, inline.place);
                }
            },
        );
    }
    found.into_inner().1
}
