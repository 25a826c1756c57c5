//! Codes of `merge`: templates in narratives, partials, pages.

use crate::diag::{Code, Severity};

/// All codes of this stage.
pub static ALL: &[&Code] = &[
    &TEMPLATE_SYNTAX,
    &TEMPLATE_ERROR,
    &MISSING_TEMPLATE,
    &UNKNOWN_FIGURE,
    &UNKNOWN_ITEM,
    &PRINTED_TABLE,
    &MERGED_TOO_LONG,
    &UNTRUE_FORM,
];

/// Tera cannot read a template.
pub static TEMPLATE_SYNTAX: Code = Code {
    id: "template-syntax",
    severity: Severity::Error,
    what: "An expression or statement between `{{ }}` or `{% %}` cannot be read.",
    why: "annals does not know what is to be printed there.",
    example: "共捐赠 {{ f.donated }。",
    mend: "Close every `{{` with `}}`, every `{%` with `%}`, and every `{% for %}` and `{% if %}` with its `{% endfor %}` or `{% endif %}`.",
};

/// Something went wrong while a template ran.
pub static TEMPLATE_ERROR: Code = Code {
    id: "template-error",
    severity: Severity::Error,
    what: "An expression could be read, but not carried out.",
    why: "A name leads nowhere, or a filter got something that it cannot use.",
    example: "{{ evnts | length }}",
    mend: "Correct the name or the filter; the manual lists what a narrative can name.",
};

/// An included template is not there.
pub static MISSING_TEMPLATE: Code = Code {
    id: "missing-template",
    severity: Severity::Error,
    what: "A template that is included, extended or asked for by a kind is not there.",
    why: "Templates are looked for in the press's `templates` folder and among the built-in ones.",
    example: "{% include \"plan/task.md\" %}",
    mend: "Correct the path (below `templates/`), or add the file.",
};

/// A narrative names a figure that the record does not hold.
pub static UNKNOWN_FIGURE: Code = Code {
    id: "unknown-figure",
    severity: Severity::Error,
    what: "A narrative names a figure that the record does not hold.",
    why: "A number in print comes from the record.",
    example: "共捐赠 {{ f.donatd }}。",
    mend: "Correct the name, or add the figure to the record's `figures` file.",
};

/// A narrative names another item that the record does not hold.
pub static UNKNOWN_ITEM: Code = Code {
    id: "unknown-item",
    severity: Severity::Error,
    what: "A narrative names an event, task, organisation, office or table that the record does not hold.",
    why: "The facts of a publication come from the record.",
    example: "{{ event.meeting.date }}",
    mend: "Correct the name, or add the item to its collection.",
};

/// An expression prints a whole table.
pub static PRINTED_TABLE: Code = Code {
    id: "printed-table",
    severity: Severity::Error,
    what: "An expression prints a whole item (a figure, an event, a task) instead of one of its fields.",
    why: "An item has many fields, and none of them is the one to print.",
    example: "{{ event.meeting }}",
    mend: "Name the field: `{{ event.meeting.title }}`; for a figure's value write `{{ f.donated }}`.",
};

/// Merging makes more text than the limit.
pub static MERGED_TOO_LONG: Code = Code {
    id: "merged-too-long",
    severity: Severity::Error,
    what: "A narrative becomes longer than the limit when its templates are carried out.",
    why: "A loop that never seems to end would fill the memory of the machine.",
    example: "{% for i in range(end=100000) %}{% for j in range(end=100000) %}·{% endfor %}{% endfor %}",
    mend: "Loop over the record's lists, not over large ranges.",
};

/// A form of print that is not true of its value.
pub static UNTRUE_FORM: Code = Code {
    id: "untrue-form",
    severity: Severity::Error,
    what: "A form of print is not true of the value: no right rounding, 余 where the value does not exceed what is shown, 不到 where it does not fall short.",
    why: "A rounded number that says too much is a wrong number.",
    example: "共捐赠{{ f.donated | wan(to=100, word=\"余\") }}。",
    mend: "Take the word away where the value is the number shown, or choose another one: `{{ f.donated | wan }}`.",
};
