//! The faces in the program: for PDFs, and for pages that carry their own.

/// A font file in the program.
#[derive(Debug)]
pub struct Font {
    /// The family by which layouts and style sheets name it.
    pub family: &'static str,
    /// The class of faces that it is the built-in one of: `song`, `hei`, `kai`.
    pub class: &'static str,
    /// Whether it is the bold of its class.
    pub bold: bool,
    /// The file.
    pub bytes: &'static [u8],
}

/// All of them, in the order in which they are looked through.
pub static FONTS: [Font; 5] = [
    Font {
        family: "Annals Song",
        class: "song",
        bold: false,
        bytes: include_bytes!("../assets/fonts/AnnalsSong-Regular.ttf"),
    },
    Font {
        family: "Annals Song",
        class: "song",
        bold: true,
        bytes: include_bytes!("../assets/fonts/AnnalsSong-Bold.ttf"),
    },
    Font {
        family: "Annals Hei",
        class: "hei",
        bold: false,
        bytes: include_bytes!("../assets/fonts/AnnalsHei-Regular.ttf"),
    },
    Font {
        family: "Annals Hei",
        class: "hei",
        bold: true,
        bytes: include_bytes!("../assets/fonts/AnnalsHei-Bold.ttf"),
    },
    Font {
        family: "Annals Kai",
        class: "kai",
        bold: false,
        bytes: include_bytes!("../assets/fonts/AnnalsKai-Regular.ttf"),
    },
];
