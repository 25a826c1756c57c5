//! The functions of formulas: one table, from which they are found and documented.

/// What a function does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Task {
    /// How many items or rows.
    Count,
    /// The sum of figures, or of a field of rows.
    Sum,
    /// The greatest.
    Max,
    /// The least.
    Min,
    /// The mean.
    Average,
    /// The share of a part in a whole, in percent.
    Share,
    /// By what part something changed against a value before, in percent.
    Change,
    /// By how many percentage points a share changed.
    Points,
    /// The difference, in its own unit.
    Difference,
    /// The place among others, the greatest first.
    Rank,
    /// The sum over all years up to that of the record.
    Running,
    /// The size without its sign.
    Abs,
    /// Rounded to some places.
    Round,
    /// Whether a figure never fell from year to year.
    Rising,
    /// Whether a figure never rose from year to year.
    Falling,
}

/// A function, for the parser of names and the reference page.
#[derive(Debug)]
pub struct Function {
    /// Its name.
    pub name: &'static str,
    /// Its Chinese names.
    pub aliases: &'static [&'static str],
    /// What it does.
    pub(super) task: Task,
    /// The least and the most that it is given.
    pub(super) arguments: (usize, usize),
    /// What it does, in a sentence.
    pub doc: &'static str,
    /// An example.
    pub example: &'static str,
}

/// No limit but that of the formula's length.
const ANY: usize = usize::MAX;

const fn function(
    name: &'static str,
    aliases: &'static [&'static str],
    task: Task,
    arguments: (usize, usize),
    doc: &'static str,
    example: &'static str,
) -> Function {
    Function { name, aliases, task, arguments, doc, example }
}

/// All functions.
pub static FUNCTIONS: &[Function] = &[
    function(
        "count",
        &["个数", "计数"],
        Task::Count,
        (1, ANY),
        "Counts the items of a collection or the rows of a table, those alone for which every condition holds.",
        "count(tasks, status = \"完成\")",
    ),
    function(
        "sum",
        &["合计", "求和"],
        Task::Sum,
        (1, ANY),
        "Adds figures; or a field of the rows of a table, named first.",
        "sum(data.grants, \"金额\", 类别 = \"扶贫\")",
    ),
    function(
        "average",
        &["平均"],
        Task::Average,
        (1, ANY),
        "The mean of figures, or of a field of the rows of a table.",
        "average(data.grants, \"金额\")",
    ),
    function(
        "max",
        &["最大"],
        Task::Max,
        (1, ANY),
        "The greatest of figures, or of a field of rows.",
        "max(best, good)",
    ),
    function(
        "min",
        &["最小"],
        Task::Min,
        (1, ANY),
        "The least of figures, or of a field of rows.",
        "min(best, good)",
    ),
    function(
        "share",
        &["占比", "rate", "比率"],
        Task::Share,
        (2, 2),
        "The share of a part in a whole of the same unit, in percent.",
        "share(done, total)",
    ),
    function(
        "change",
        &["增长率", "变化率"],
        Task::Change,
        (1, 2),
        "By what part an amount changed, in percent (增长12.5%): against the second value, else against the figure's `previous`, else against last year's. Percentages change by `points`.",
        "change(donors)",
    ),
    function(
        "points",
        &["百分点"],
        Task::Points,
        (1, 2),
        "By how many percentage points a share changed (提高3.1个百分点), against the same as `change`.",
        "points(coverage)",
    ),
    function(
        "difference",
        &["增减"],
        Task::Difference,
        (1, 2),
        "By how much an amount changed, in its own unit, against the same as `change`.",
        "difference(donors)",
    ),
    function(
        "rank",
        &["名次", "排名"],
        Task::Rank,
        (2, ANY),
        "The place of the first among all, the greatest first; equals share a place.",
        "rank(baoji, xian, hanzhong)",
    ),
    function(
        "running",
        &["累计"],
        Task::Running,
        (1, 1),
        "The sum of a figure over all years of the series, up to that of the record.",
        "running(trained)",
    ),
    function(
        "abs",
        &["绝对值"],
        Task::Abs,
        (1, 1),
        "The size without its sign.",
        "abs(a - b)",
    ),
    function(
        "round",
        &["取整", "修约"],
        Task::Round,
        (1, 2),
        "Rounded to some decimal places, a half away from zero.",
        "round(total / 3, 1)",
    ),
    function(
        "rising",
        &["逐年增加", "不减"],
        Task::Rising,
        (1, 1),
        "For invariants: a figure never fell from one year of the series to the next.",
        "rising(running_total)",
    ),
    function(
        "falling",
        &["逐年减少", "不增"],
        Task::Falling,
        (1, 1),
        "For invariants: a figure never rose from one year of the series to the next.",
        "falling(complaints)",
    ),
];

/// The function with this name.
pub(super) fn find(name: &str) -> Option<&'static Function> {
    FUNCTIONS.iter().find(|one| one.name == name || one.aliases.contains(&name))
}
