//! Codes of `audit`: finished documents that are not what they say.

use crate::diag::{Code, Severity};

/// All codes of this stage.
pub static ALL: &[&Code] = &[
    &COUNT_MISMATCH,
    &NUMBERING_GAP,
    &MISSING_SECTION,
    &STRAY_NUMBER,
    &TYPED_FIGURE,
    &CHANGED_AFTER_PUBLICATION,
    &REVISION_UNFIT,
    &CONFLICTING_VALUES,
    &UNNAMED_SCOPE,
    &STALE_FIGURE,
    &AS_OF_MISMATCH,
    &UNREGISTERED_SHORT_NAME,
    &NEARLY_A_NAME,
    &FORMER_NAME,
    &OUTSIDE_TERM,
];

/// A number word is not the number of the items.
pub static COUNT_MISMATCH: Code = Code {
    id: "count-mismatch",
    severity: Severity::Warning,
    what: "A title, a heading or a sentence before a list announces a number of items, and another number follows.",
    why: "Readers count: ten events are ten.",
    example: "## 三项举措\n\n1. 自愿报名；\n2. 集中评审。",
    mend: "## 两项举措\n\n1. 自愿报名；\n2. 集中评审。",
};

/// A number before a heading is left out.
pub static NUMBERING_GAP: Code = Code {
    id: "numbering-gap",
    severity: Severity::Warning,
    what: "Numbers before headings, or 一是、二是 in a paragraph, leave one out, stand twice or out of order.",
    why: "Readers look for the missing item, and references lead astray.",
    example: "## 一、疫情防控\n\n文。\n\n## 三、脱贫攻坚\n\n文。",
    mend: "## 一、疫情防控\n\n文。\n\n## 二、脱贫攻坚\n\n文。",
};

/// A section that the kind asks for is not there.
pub static MISSING_SECTION: Code = Code {
    id: "missing-section",
    severity: Severity::Error,
    what: "The text lacks a lead, a section or sections that its kind asks for.",
    why: "The contract of the kind says what a reader finds in every such publication.",
    example: "A summary without `## 展望`.",
    mend: "Add the section; or change `[text]` in the `kind.toml` of your press.",
};

/// A number is typed by hand.
pub static STRAY_NUMBER: Code = Code {
    id: "stray-number",
    severity: Severity::Warning,
    what: "A number in print is typed by hand: it is bound to no record, no part of the structure, and not declared. Reported where `[audit] stray` is `warn` or `deny`.",
    why: "Copies of a number drift apart, and nobody can say where it comes from.",
    example: "全市有87家社会组织参与。",
    mend: "Register the figure and write 全市有{{ f.partners }}社会组织参与；or declare it: {{ \"87\" | literal }}。",
};

/// A number that is typed by hand is the value of a figure.
pub static TYPED_FIGURE: Code = Code {
    id: "typed-figure",
    severity: Severity::Warning,
    what: "A number that is typed by hand is the value of a figure of the record, unit and all.",
    why: "When the figure is corrected, what is typed stays as it is.",
    example: "参与捐赠的社会组织有442家。",
    mend: "参与捐赠的社会组织有{{ f.donors }}。",
};

/// A published value was changed.
pub static CHANGED_AFTER_PUBLICATION: Code = Code {
    id: "changed-after-publication",
    severity: Severity::Error,
    what: "A figure that a publication printed when it was built last has another value now, its day of publication has come, and no revision says why.",
    why: "Readers hold the old number in their hands; a correction is announced, not slipped in.",
    example: "The value `442家` of a review of 14 January 2021 becomes `443家`.",
    mend: "[[revisions]]\nfigure = \"donors\"\nold = \"442家\"\nnew = \"443家\"\ndate = 2021-03-01\nreason = \"补报一家\"",
};

/// A revision does not lead to the value of its figure.
pub static REVISION_UNFIT: Code = Code {
    id: "revision-unfit",
    severity: Severity::Error,
    what: "A revision names a figure that the record does not hold, or does not lead to the value that follows.",
    why: "A correction that does not fit the record explains nothing.",
    example: "[[revisions]]\nfigure = \"donor\"",
    mend: "[[revisions]]\nfigure = \"donors\"",
};

/// The same figure has two values.
pub static CONFLICTING_VALUES: Code = Code {
    id: "conflicting-values",
    severity: Severity::Error,
    what: "Two figures of the press have the same label, unit, scope and period, and different values.",
    why: "A reader who has both publications asks which is right.",
    example: "[donors]\nlabel = \"参与捐赠\"\nvalue = \"442家\"\nscope = \"全市\"\n\n[partners]\nlabel = \"参与捐赠\"\nvalue = \"503家\"\nscope = \"全市\"",
    mend: "Name the scope in which they differ, correct one of them, or record a revision.",
};

/// A figure is printed without its scope.
pub static UNNAMED_SCOPE: Code = Code {
    id: "unnamed-scope",
    severity: Severity::Warning,
    what: "The press holds a figure of this label, unit and period for several scopes, and the document does not name the scope of the one that it prints.",
    why: "A reader of both publications takes them for one figure with two values.",
    example: "参与捐赠的社会组织有{{ f.donors }}。",
    mend: "{{ figure.donors.scope }}中参与捐赠的社会组织有{{ f.donors }}。",
};

/// A figure is out of date.
pub static STALE_FIGURE: Code = Code {
    id: "stale-figure",
    severity: Severity::Warning,
    what: "A figure was true longer before the end of the edition's period than `[audit] warn_after` or `error_after` allow.",
    why: "A report on a year should not print what was true in its spring.",
    example: "as_of = \"2020-03-31\"",
    mend: "as_of = \"2020-12-31\"",
};

/// A sentence says another day than its figure.
pub static AS_OF_MISMATCH: Code = Code {
    id: "as-of-mismatch",
    severity: Severity::Warning,
    what: "A sentence says up to when its figures are true (截至), and a figure in it has another `as_of`.",
    why: "A day that is typed by hand stays when the figures are brought up to date.",
    example: "截至2020年6月底，参与捐赠的有{{ f.donors }}。",
    mend: "截至{{ figure.donors.as_of | date(form=\"month-end\") }}，参与捐赠的有{{ f.donors }}。",
};

/// A part of a name is used as if it were one.
pub static UNREGISTERED_SHORT_NAME: Code = Code {
    id: "unregistered-short-name",
    severity: Severity::Warning,
    what: "The text calls a registered organisation by a part of its name that is not registered as a short one.",
    why: "Two short forms of one name read like two bodies.",
    example: "社会组织服务中心举办培训班。",
    mend: "short = [\"社会组织服务中心\"]",
};

/// A name is nearly a registered one.
pub static NEARLY_A_NAME: Code = Code {
    id: "nearly-a-name",
    severity: Severity::Warning,
    what: "A name in the text is that of a registered organisation but for one look-alike, lost, doubled or swapped character.",
    why: "A body finds its own name misspelt before anyone else finds it.",
    example: "宝鸡市社会组织促近会举办培训班。",
    mend: "宝鸡市社会组织促进会举办培训班。",
};

/// A name is no longer borne.
pub static FORMER_NAME: Code = Code {
    id: "former-name",
    severity: Severity::Warning,
    what: "A name in the text is a former name of a registered organisation, and 原 does not stand before it.",
    why: "The body is called otherwise now.",
    example: "市民间组织管理局印发通知。",
    mend: "市社会组织管理局印发通知。",
};

/// A holder is named with an office outside their term.
pub static OUTSIDE_TERM: Code = Code {
    id: "outside-term",
    severity: Severity::Warning,
    what: "A sentence names the holder of an office for a day, or a period, on which they did not hold it.",
    why: "An office held by two people in a year is where names are mistaken.",
    example: "9月28日，市民政局局长张三出席。",
    mend: "9月28日，市民政局局长李四出席。",
};
