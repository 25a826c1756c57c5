//! The first page of a document as a small picture (封面图), which lists of the site show
//! beside its title.

use png::{BitDepth, ColorType, DeflateCompression, Encoder, Filter};
use typst::utils::Scalar;
use typst_render::RenderOptions;

use super::{Pages, guarded};
use crate::card::Cover;
use crate::diag::{Diagnostics, Reported};

/// How many pixels a cover is wide: lists show it at a third of that, since the screens of
/// phones have three pixels for one.
const WIDTH: f64 = 240.0;

/// How many pixels it is high at most, whatever a layout makes of its page.
const MAX_HEIGHT: f64 = 2.0 * WIDTH;

/// How many bits of each colour are kept, until a palette of 256 holds all of them. A page
/// of text has about seventy colours of four bits; one with a photograph has more.
const DEPTHS: [u32; 3] = [4, 3, 2];

/// How hard the file is compressed: 2 of 9 takes a third of the time that 6 takes, for files
/// of 6.8 rather than 6.5 kB. Filters, which are for colours and not for places in a
/// palette, would make them larger by a fifth and cost three times as much again.
const EFFORT: DeflateCompression = DeflateCompression::Level(2);

impl Pages<'_> {
    /// Draws the first page, as a PNG with a palette: a third of the size that all colours
    /// take, and not told from them at the size that lists show.
    ///
    /// # Errors
    /// When the drawing stops with an internal error.
    pub fn cover(&self, diags: &mut Diagnostics) -> Result<(Cover, Vec<u8>), Reported> {
        guarded(self.job.front, diags, |_| Some(self.draw_cover()))
    }

    fn draw_cover(&self) -> (Cover, Vec<u8>) {
        let page = self.paged.pages().first().expect("Typst lays out a page at least");
        let size = page.frame.size();
        let fits = |room: f64, length: f64| room / length.max(1.0);
        let scale = fits(WIDTH, size.x.to_pt()).min(fits(MAX_HEIGHT, size.y.to_pt()));
        let options =
            RenderOptions { pixel_per_pt: Scalar::new(scale), render_bleed: false };
        let drawn = typst_render::render(page, &options);
        let cover = Cover { width: drawn.width(), height: drawn.height() };
        (cover, png(cover, drawn.data()))
    }
}

/// A PNG of pixels in red, green, blue and opacity, each colour times the opacity.
fn png(Cover { width, height }: Cover, pixels: &[u8]) -> Vec<u8> {
    let mut out = Vec::new();
    let (palette, indices) = DEPTHS
        .iter()
        .find_map(|&depth| reduce(pixels, depth))
        .expect("two bits of three colours are 64 colours");
    let mut encoder = Encoder::new(&mut out, width, height);
    encoder.set_color(ColorType::Indexed);
    encoder.set_depth(BitDepth::Eight);
    encoder.set_palette(palette);
    encoder.set_filter(Filter::NoFilter);
    encoder.set_deflate_compression(EFFORT);
    let written =
        encoder.write_header().and_then(|mut writer| writer.write_image_data(&indices));
    written.expect("a vector takes all that is written to it");
    out
}

/// The colours that are left when each of their parts has this many bits, and for each
/// pixel the place of its own; nothing where they are too many.
fn reduce(pixels: &[u8], depth: u32) -> Option<(Vec<u8>, Vec<u8>)> {
    let steps: Vec<usize> = (0..=u8::MAX).map(|value| step(value, depth)).collect();
    let name = |pixel: &[u8]| {
        // What the page leaves open is paper.
        let paper = u8::MAX - pixel[3];
        let part = |at: usize| steps[usize::from(pixel[at].saturating_add(paper))];
        (part(0) << depth | part(1)) << depth | part(2)
    };
    let names: Vec<usize> = pixels.chunks_exact(4).map(name).collect();
    let mut places = vec![None; 1 << (3 * depth)];
    for &name in &names {
        places[name] = Some(0);
    }
    let mut palette = Vec::new();
    for (name, place) in
        places.iter_mut().enumerate().filter(|(_, place)| place.is_some())
    {
        *place = Some(u8::try_from(palette.len() / 3).ok()?);
        let parts = [name >> (2 * depth), name >> depth, name];
        palette.extend(parts.map(|part| value(part & ((1 << depth) - 1), depth)));
    }
    let indices = names.iter().filter_map(|&name| places[name]).collect();
    Some((palette, indices))
}

/// The nearest of the steps that this many bits can tell apart.
fn step(value: u8, depth: u32) -> usize {
    let (most, whole) = ((1 << depth) - 1, usize::from(u8::MAX));
    (usize::from(value) * most + whole / 2) / whole
}

/// The value that a step stands for.
fn value(step: usize, depth: u32) -> u8 {
    u8::try_from(step * usize::from(u8::MAX) / ((1 << depth) - 1)).unwrap_or(u8::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn black_and_white_stay_as_they_are() {
        for depth in DEPTHS {
            assert_eq!([0, 255].map(|all| value(step(all, depth), depth)), [0, 255]);
        }
        assert_eq!(value(step(128, 4), 4), 136);
    }

    #[test]
    fn what_is_left_open_is_white() {
        let (palette, indices) = reduce(&[0, 0, 0, 0, 0, 0, 0, 255], 4).expect("two");
        assert_eq!((palette, indices), (vec![0, 0, 0, 255, 255, 255], vec![1, 0]));
    }

    #[test]
    fn too_many_colours_are_made_fewer() {
        let all: Vec<u8> = (0..=255u8)
            .flat_map(|red| (0..=255u8).step_by(16).map(move |green| [red, green]))
            .flat_map(|[red, green]| [red, green, red ^ green, 255])
            .collect();
        assert!(reduce(&all, 4).is_none());
        let cover = Cover { width: 256, height: 16 };
        let written = png(cover, &all);
        assert!(written.starts_with(b"\x89PNG"));
    }
}
