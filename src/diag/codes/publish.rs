//! Codes of `publish`: outputs and the output folder.

use crate::diag::{Code, Severity};

/// The disk is full.
pub static DISK_FULL: Code = Code {
    id: "disk-full",
    severity: Severity::Error,
    what: "A file could not be written because the disk, or the quota on it, is full.",
    why: "The publication was not replaced: its last good output stands as it was.",
    example: "a build onto a full disk",
    mend: "Free some space and build again.",
};

/// The system refuses to write.
pub static CANNOT_WRITE: Code = Code {
    id: "cannot-write",
    severity: Severity::Error,
    what: "The system refused to write, replace or remove a file.",
    why: "The publication was not replaced: its last good output stands as it was.",
    example: "a file named `output/baoji` where a folder is needed",
    mend: "Give annals the right to write there, or choose another folder with `--output`.",
};

/// A publication is gone.
pub static PUBLICATION_GONE: Code = Code {
    id: "publication-gone",
    severity: Severity::Warning,
    what: "What the last build published is no longer in the press, and nothing stands at \
           its address.",
    why: "Others have linked to it; a reader who comes back finds nothing.",
    example: "a narrative `ten-events.md` that was renamed to `top-ten.md`",
    mend: "Where it has moved, name its old address in the new narrative: `aliases = \
           [\"baoji/2020/ten-events\"]`. Where it was taken back for good, say so in \
           `annals.toml`: `removed = [\"baoji/2020/ten-events\"]` under `[site]`.",
};

/// A file is not mended.
pub static NOT_MENDED: Code = Code {
    id: "not-mended",
    severity: Severity::Warning,
    what: "A file of the press was left as it is by `annals check --fix`.",
    why: "A file is mended only where it is an ordinary file of the press, was not changed \
          since it was read, and can be written back in its own encoding.",
    example: "content/baoji/2020/events.csv is a symbolic link",
    mend: "Put the file itself in the place of the link, or mend it by hand.",
};

/// Another build writes to the folder.
pub static OUTPUT_LOCKED: Code = Code {
    id: "output-locked",
    severity: Severity::Error,
    what: "Another run of annals is writing to the output folder.",
    why: "Two builds at once would mix their outputs.",
    example: "annals build & annals build",
    mend: "Wait for the other build to end, or give one of them its own `--output`.",
};

/// A file that annals did not write stands where an output belongs.
pub static FOREIGN_OUTPUT: Code = Code {
    id: "foreign-output",
    severity: Severity::Error,
    what: "A file that annals did not write stands where an output belongs.",
    why: "annals overwrites and removes its own files only: those that the manifest of \
          the last build lists.",
    example: "a file `output/baoji/2020/ten-events.pdf` that was put there by hand",
    mend: "Move the file away, or rename the narrative.",
};

/// An output leads outside.
pub static OUTPUT_OUTSIDE: Code = Code {
    id: "output-outside",
    severity: Severity::Error,
    what: "The output folder, or a folder in it, leads outside.",
    why: "Nothing is ever written outside the press, or outside the folder that \
          `--output` names.",
    example: "a symbolic link `output/baoji` to `/home`",
    mend: "Replace the link with a folder, or name the other folder with `--output`.",
};

/// The manifest cannot be read.
pub static MANIFEST_DAMAGED: Code = Code {
    id: "manifest-damaged",
    severity: Severity::Warning,
    what: "The manifest of the last build cannot be read.",
    why: "Without it annals does not know which files are its own: it removes none, and \
          replaces none that differ.",
    example: "an empty file `output/manifest.json`",
    mend: "Move the output folder away and build again.",
};

/// What the last build left for the next cannot be read.
pub static MEMORY_DAMAGED: Code = Code {
    id: "memory-damaged",
    severity: Severity::Note,
    what: "What the last build left for the next one, in `.annals` of the output folder, \
           is damaged.",
    why: "Without it annals does not know which editions stand as they should: it makes \
          all of them again, which takes longer and harms nothing.",
    example: "a file `output/.annals/makings` that was cut off by a crash of the machine",
    mend: "Nothing is to do: the build writes it anew.",
};

/// An output was changed by someone.
pub static CHANGED_OUTPUT: Code = Code {
    id: "changed-output",
    severity: Severity::Warning,
    what: "An output was changed since annals wrote it.",
    why: "Changes made in the output folder are lost when the publication is built \
          again; a changed file whose narrative has gone is kept.",
    example: "a PDF in the output folder that was signed in place",
    mend: "Keep a changed output outside the output folder.",
};

/// The program makes no PDFs.
pub static NO_PDF: Code = Code {
    id: "no-pdf",
    severity: Severity::Error,
    what: "PDFs are asked for, and this program was built without them.",
    why: "The feature `pdf` can be left out of annals when it is compiled.",
    example: "annals build --format pdf, with a program of `--no-default-features`",
    mend: "Ask for HTML alone (`formats = [\"html\"]`), or build annals with its default \
           features.",
};

/// A file that was to be made exists.
pub static FILE_EXISTS: Code = Code {
    id: "file-exists",
    severity: Severity::Error,
    what: "A file that `init` or `new` would make exists.",
    why: "Neither of them ever overwrites a file.",
    example: "annals init, in a folder that holds `annals.toml`",
    mend: "Choose another folder or name, or move the file away.",
};

/// All codes of this stage.
pub static ALL: &[&Code] = &[
    &DISK_FULL,
    &CANNOT_WRITE,
    &PUBLICATION_GONE,
    &NOT_MENDED,
    &OUTPUT_LOCKED,
    &FOREIGN_OUTPUT,
    &OUTPUT_OUTSIDE,
    &MANIFEST_DAMAGED,
    &MEMORY_DAMAGED,
    &CHANGED_OUTPUT,
    &NO_PDF,
    &FILE_EXISTS,
];

/// The codes that blame the machine, not the press: exit status 3.
pub static ENVIRONMENT: &[&Code] = &[&DISK_FULL, &CANNOT_WRITE, &OUTPUT_LOCKED];
