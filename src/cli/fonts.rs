//! `annals fonts`: the fonts that PDFs may use.

use super::Answer;
use super::args::Fonts;
use super::session::Session;

/// Lists the faces, in the order in which they are tried.
#[cfg(feature = "pdf")]
pub(super) fn fonts(args: &Fonts, session: &mut Session) -> Answer {
    use serde_json::{Value, json};

    use super::table::table;
    use crate::pipeline;
    use crate::typeset::Origin;

    let press = session.open()?;
    let faces = pipeline::fonts(&press, &session.sources, &mut session.diags)?;
    let origin = |origin: &Origin| match origin {
        Origin::BuiltIn => "built in".to_owned(),
        Origin::File(path) | Origin::System(path) => path.clone(),
    };
    if args.json {
        let list: Vec<Value> = faces
            .iter()
            .map(|face| {
                json!({
                    "family": face.family, "style": face.style, "weight": face.weight,
                    "characters": face.characters, "origin": origin(&face.origin),
                })
            })
            .collect();
        return Ok(format!("{:#}\n", Value::from(list)));
    }
    let rows: Vec<Vec<String>> = faces
        .iter()
        .map(|face| {
            vec![
                face.family.clone(),
                face.style.to_owned(),
                face.weight.to_string(),
                face.characters.to_string(),
                origin(&face.origin),
            ]
        })
        .collect();
    Ok(table(&["family", "style", "weight", "characters", "origin"], &rows))
}

/// There are none in a program that makes no PDF.
#[cfg(not(feature = "pdf"))]
pub(super) fn fonts(_: &Fonts, session: &mut Session) -> Answer {
    use crate::diag::Diagnostic;
    use crate::diag::codes::publish::NO_PDF;

    let message = "this program was built without PDF, and has no fonts";
    let found = Diagnostic::new(&NO_PDF, None, message)
        .hint("build annals with its default features");
    Err(session.diags.add(found))
}
