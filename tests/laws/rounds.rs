//! A watcher that keeps what it has read knows what one knows that reads everything.

use std::fs;
use std::path::Path;
use std::time::{Duration, SystemTime};

use annals::diag::Diagnostics;
use annals::pipeline::{self, Kept};
use annals::source::Sources;
use annals::stamp::Moment;

#[test]
fn a_press_that_is_read_again_is_one_that_is_read_anew() {
    let root = tempfile::tempdir().expect("a temporary folder can be made");
    let put = |path: &str, text: &str| {
        let path = root.path().join(path);
        fs::create_dir_all(path.parent().expect("a file has a folder")).expect("made");
        fs::write(path, text).expect("written");
    };
    let gone = |path: &str| fs::remove_file(root.path().join(path)).expect("removed");
    let figure = |value: &str| {
        format!("[[figures]]\nid = \"f\"\nlabel = \"捐赠\"\nvalue = \"{value}\"\n")
    };
    let narrative =
        |title: &str| format!("+++\ntitle = \"{title}\"\nkind = \"manual\"\n+++\n");
    put("annals.toml", "title = \"测试\"\n");
    put("content/jia/2020/figures.toml", &figure("12万元"));
    put("content/jia/2020/a.md", &narrative("甲"));
    put("content/yi/b.md", &narrative("乙"));
    let edits: [&dyn Fn(); 11] = [
        &|| put("content/jia/2020/a.md", &narrative("丙")),
        &|| put("content/jia/2020/figures.toml", &figure("13万元")),
        &|| put("content/jia/2020/figures.toml", &figure("很多")),
        &|| put("content/yi/2020/rooms.csv", "名称,面积\n一号,40\n"),
        &|| put("content/yi/2020/rooms.csv", "名称,面积\n一号,41\n"),
        &|| put("content/jia/series.toml", "title = \"甲市\"\n"),
        &|| put("content/bing/0.md", &narrative("丁")),
        &|| {
            put(
                "annals.toml",
                "title = \"测试\"\n[collections.rooms.fields]\n面积 = \"number\"\n",
            )
        },
        &|| gone("content/yi/2020/rooms.csv"),
        &|| gone("content/jia/2020/figures.toml"),
        &|| gone("content/yi/b.md"),
    ];
    let mut kept = Kept::default();
    look(root.path(), &mut kept);
    for edit in edits {
        // The clock of files counts in steps.
        std::thread::sleep(Duration::from_millis(20));
        edit();
        look(root.path(), &mut kept);
        look(root.path(), &mut kept);
    }
}

/// Reads a press with what is kept and without; both know and say the same.
fn look(root: &Path, kept: &mut Kept) {
    // As if nothing had been changed for long: stamps are believed.
    kept.begin(Moment::from(SystemTime::now() + Duration::from_secs(10)));
    let open = |kept: &mut Kept| {
        let (mut sources, mut diags) = (Sources::new(), Diagnostics::new());
        let press = pipeline::open_again(root, kept, &mut sources, &mut diags, None);
        diags.sort(&sources);
        let press = press.map(|press| (press.series, press.narratives, press.settings));
        let files: Vec<String> = sources
            .iter()
            .map(|(_, file)| format!("{} {}", file.path, file.hash))
            .collect();
        (format!("{press:?} {diags:?}"), files, sources.seen().to_vec())
    };
    assert_eq!(open(kept), open(&mut Kept::default()));
}
