//! The reference pages of the manual are those that the program would write.

use std::fs;

use annals::cli::reference_pages;

#[test]
fn reference_pages_are_current() {
    for (name, text) in reference_pages() {
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
