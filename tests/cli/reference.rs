//! The reference pages of the manual are those that the program would write.

use std::fs;

use annals::cli::{command_line_page, diagnostics_page};

#[test]
fn reference_pages_are_current() {
    let pages = [("cli.md", command_line_page()), ("diagnostics.md", diagnostics_page())];
    for (name, text) in pages {
        let path = crate::package().join("content/manual/reference").join(name);
        if crate::update() {
            fs::create_dir_all(path.parent().expect("it has one")).expect("made");
            fs::write(&path, &text).expect("the page can be written");
        }
        let committed = fs::read_to_string(&path).unwrap_or_default();
        assert!(
            committed == text,
            "{} is out of date: UPDATE=1 rewrites it",
            path.display()
        );
    }
}
