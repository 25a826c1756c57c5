//! Codes of `check` about figures: formulas, and what must hold between figures.

use crate::diag::Code;
use crate::diag::Severity::Error;

/// All codes about figures.
pub static ALL: &[&Code] = &[
    &UNREADABLE_FORMULA,
    &UNKNOWN_NAME_IN_FORMULA,
    &FORMULA_CYCLE,
    &DIVISION_BY_ZERO,
    &UNLIKE_UNITS,
    &FORMULA_WITHOUT_VALUE,
    &FORMULA_DISAGREES,
    &UNREADABLE_ROUNDING,
    &BROKEN_INVARIANT,
    &UNKNOWN_WHOLE,
    &PART_EXCEEDS_WHOLE,
];

/// A formula or invariant that cannot be read.
pub static UNREADABLE_FORMULA: Code = Code {
    id: "unreadable-formula",
    severity: Error,
    what: "A formula or invariant cannot be read.",
    why: "annals does not know what is to be computed or compared.",
    example: r#"formula = "done / (total""#,
    mend: r#"formula = "done / (total - exempt)""#,
};

/// A formula names something that is not there.
pub static UNKNOWN_NAME_IN_FORMULA: Code = Code {
    id: "unknown-name-in-formula",
    severity: Error,
    what: "A formula or invariant names a figure, table, field, year or function that is not there.",
    why: "A value can only be computed from what is recorded.",
    example: r#"formula = "share(dnoe, total)""#,
    mend: r#"formula = "share(done, total)""#,
};

/// A figure that is computed from itself.
pub static FORMULA_CYCLE: Code = Code {
    id: "formula-cycle",
    severity: Error,
    what: "A figure is computed from itself, by way of other formulas or at once.",
    why: "None of these figures would ever have a value.",
    example: "[a]\nformula = \"b + 1家\"\n[b]\nformula = \"a - 1家\"",
    mend: "[a]\nformula = \"b + 1家\"\n[b]\nvalue = \"5家\"",
};

/// A formula divides by nought.
pub static DIVISION_BY_ZERO: Code = Code {
    id: "division-by-zero",
    severity: Error,
    what: "A formula divides by a figure that is nought.",
    why: "A share of nothing, or growth from nothing, has no value.",
    example: "[total]\nvalue = \"0家\"\n[rate]\nformula = \"share(done, total)\"",
    mend: "Correct the figure, or leave the rate out for this year.",
};

/// Units that do not go together.
pub static UNLIKE_UNITS: Code = Code {
    id: "unlike-units",
    severity: Error,
    what: "A formula or invariant adds, subtracts or compares quantities of different units, or comes out in another unit than the figure says.",
    why: "家 and 元 do not add up, nor do growth in percent and percentage points.",
    example: r#"formula = "donors + donated""#,
    mend: r#"formula = "donors + volunteers_orgs""#,
};

/// A formula that has no value for another reason.
pub static FORMULA_WITHOUT_VALUE: Code = Code {
    id: "formula-without-value",
    severity: Error,
    what: "A formula or invariant can be read, but nothing can be computed or said.",
    why: "A function got something that it is not made for, a value before is missing, or upper and lower bounds pull apart.",
    example: r#"formula = "change(coverage_percent)""#,
    mend: r#"formula = "points(coverage_percent)""#,
};

/// The value and the formula of a figure disagree.
pub static FORMULA_DISAGREES: Code = Code {
    id: "formula-disagrees",
    severity: Error,
    what: "The value that is written for a figure is not what its formula comes to.",
    why: "One of the two is wrong, and readers can compute it as well.",
    example: "value = \"93%\"\nformula = \"share(done, total)\"",
    mend: "value = \"92.2%\"\nformula = \"share(done, total)\"",
};

/// How a value is rounded cannot be read.
pub static UNREADABLE_ROUNDING: Code = Code {
    id: "unreadable-rounding",
    severity: Error,
    what: "How a computed value is rounded cannot be read.",
    why: "annals does not know how many decimal places to print.",
    example: r#"rounding = "一点点""#,
    mend: r#"rounding = "1""#,
};

/// An invariant does not hold.
pub static BROKEN_INVARIANT: Code = Code {
    id: "broken-invariant",
    severity: Error,
    what: "Something that the press declares must hold between figures does not.",
    why: "One of the figures is wrong, or the declaration is.",
    example: "[[invariants]]\nrule = \"cases = best + excellent + shortlisted\"",
    mend: "Correct the figure that is wrong; the places of all of them are named.",
};

/// The whole of a part is not there.
pub static UNKNOWN_WHOLE: Code = Code {
    id: "unknown-whole",
    severity: Error,
    what: "A figure is a part of another one that the record does not hold.",
    why: "Whether the parts exceed the whole could not be checked.",
    example: r#"part_of = "casse""#,
    mend: r#"part_of = "cases""#,
};

/// Parts exceed their whole.
pub static PART_EXCEEDS_WHOLE: Code = Code {
    id: "part-exceeds-whole",
    severity: Error,
    what: "A figure, or several together, exceed the whole that they are parts of.",
    why: "A part is never more than the whole; one of the figures is wrong.",
    example: "[cases]\nvalue = \"41个\"\n[best]\nvalue = \"50个\"\npart_of = \"cases\"",
    mend: "[cases]\nvalue = \"141个\"\n[best]\nvalue = \"50个\"\npart_of = \"cases\"",
};
