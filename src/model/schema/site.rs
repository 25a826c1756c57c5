//! The keys of `[site]` in the project file: the pages around the publications.

use super::builtin::field;
use super::{Field, Type};

/// The keys of `[site]`.
pub(super) fn fields() -> Vec<Field> {
    vec![
        field(
            "enabled",
            "",
            Type::Boolean,
            "Whether pages are made around the publications: a front page, lists, indexes.",
            "true",
        ),
        field("search", "", Type::Boolean, "Whether the site has a search.", "true"),
        field(
            "compress",
            "",
            Type::Boolean,
            "Whether compressed copies (`.gz`, `.br`) lie beside the outputs.",
            "false",
        ),
        field(
            "removed",
            "",
            Type::List(Box::new(Type::Path)),
            "Publications that were taken back for good: their addresses, without ending.",
            r#"["baoji/2019/note"]"#,
        ),
    ]
}
