//! The limits of what is read: bounded time and memory for any input. The manual lists
//! them.

/// Most bytes of a table (CSV) or workbook.
pub const MAX_FILE: u64 = 64 << 20;

/// Most bytes of a tree (TOML, YAML, JSON), narrative or template: reading one takes some
/// fifty times its size where every byte is a mark of its own.
pub const MAX_TREE: u64 = 16 << 20;

/// Most bytes of a picture or font.
pub const MAX_BINARY: u64 = 64 << 20;

/// Most files and folders below `content/` or `templates/`.
pub const MAX_ENTRIES: usize = 100_000;

/// Most folders in one another below `content/`, `templates/` or a font folder.
pub const MAX_FOLDERS: usize = 16;

/// Most lists and tables in one another in TOML, YAML and JSON.
pub const MAX_DEPTH: usize = 64;

/// Most values that one TOML, YAML or JSON file holds; in YAML after its aliases are
/// filled in.
pub const MAX_NODES: usize = 1_000_000;

/// Most bytes of text that one YAML file or workbook holds after aliases and repeated
/// strings are filled in.
pub const MAX_TEXT: usize = 64 << 20;

/// Most bytes of one cell of a table; Excel itself allows 32,767 characters.
pub const MAX_CELL: usize = 1 << 20;

/// Most cells of one table, empty ones in its rectangle included.
pub const MAX_CELLS: usize = 2_000_000;

/// Most parts in the container of a workbook.
pub const MAX_PARTS: usize = 10_000;

/// Most bytes of all parts of a workbook together, inflated.
pub const MAX_INFLATED: u64 = 256 << 20;

/// How many times a workbook may grow when inflated, once it exceeds [`MAX_FREE`]; spreadsheets
/// of people grow five- to thirtyfold.
pub const MAX_RATIO: u64 = 200;

/// Inflated bytes of a workbook up to which its ratio is not looked at: small repetitive
/// sheets compress very well.
pub const MAX_FREE: u64 = 8 << 20;

/// Most pixels of a picture along one side.
pub const MAX_PICTURE_SIDE: usize = 20_000;

/// Most pixels of a picture.
pub const MAX_PICTURE_PIXELS: usize = 100_000_000;

/// Most findings of one kind that are listed for one file; the rest is counted.
pub const MAX_FINDINGS: usize = 50;
