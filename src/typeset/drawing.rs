//! An SVG of Typst's in few bytes, the same to look at: a chart is mostly outlines of
//! letters, and stands in its page.

/// What Typst writes although it is what SVG means without it (SVG 2, 13.3 to 13.5), and
/// name spaces that HTML does not need.
static UNSAID: [&str; 8] = [
    " xmlns=\"http://www.w3.org/2000/svg\"",
    " xmlns:xlink=\"http://www.w3.org/1999/xlink\"",
    " xmlns:h5=\"http://www.w3.org/1999/xhtml\"",
    " fill-rule=\"nonzero\"",
    " stroke-linecap=\"butt\"",
    " stroke-linejoin=\"miter\"",
    " stroke-miterlimit=\"4\"",
    " y=\"0\"",
];

/// How many digits behind the point a number keeps: a hundredth of a point is not seen, and
/// is as fine as the grid on which letters are drawn.
const DIGITS: usize = 2;

/// Leaves out of an SVG what makes no difference.
pub(super) fn compact(svg: &str) -> String {
    let said = UNSAID.iter().fold(svg.to_owned(), |svg, unsaid| svg.replace(unsaid, ""));
    let said = said.replace(" xlink:href=", " href=");
    let mut out = String::with_capacity(said.len());
    let mut rest = said.as_str();
    while let Some((before, after)) = rest.split_once(" d=\"") {
        let (outline, after) = after.split_once('"').unwrap_or((after, ""));
        rounded(&mut out, before);
        out.push_str(" d=\"");
        path(&mut out, outline);
        out.push('"');
        rest = after;
    }
    rounded(&mut out, rest);
    out
}

/// Writes a text with its numbers rounded.
fn rounded(out: &mut String, mut rest: &str) {
    while let Some(at) = rest.find('.') {
        let (before, after) = rest.split_at(at);
        let behind = after[1..].bytes().take_while(u8::is_ascii_digit).count();
        let whole = before.trim_end_matches(|c: char| c.is_ascii_digit());
        let number = &rest[whole.len()..at + 1 + behind];
        out.push_str(whole);
        out.push_str(&short(number).unwrap_or_else(|| number.to_owned()));
        rest = &rest[at + 1 + behind..];
    }
    out.push_str(rest);
}

/// A number with few digits behind its point; nothing where it has few.
fn short(number: &str) -> Option<String> {
    let (_, behind) = number.split_once('.')?;
    if behind.len() <= DIGITS {
        return None;
    }
    let text = format!("{:.DIGITS$}", number.parse::<f64>().ok()?);
    Some(text.trim_end_matches('0').trim_end_matches('.').to_owned())
}

/// Writes the data of a path (SVG 2, 9.3.9): a command that is the same as the one before
/// is not said again, and numbers stand apart only where they would run into one another.
fn path(out: &mut String, data: &str) {
    // From where everything begins, a step from there begins as well.
    let data = data.replacen("M 0 0m", "M", 1);
    let mut before = ' ';
    let mut last = String::new();
    let mut rest = data.as_str();
    while let Some(first) = rest.chars().next() {
        if first.is_ascii_alphabetic() {
            let again = first == before && "qlhvcs".contains(first);
            before = first;
            rest = &rest[1..];
            if !again {
                out.push(first);
                last.clear();
            }
            continue;
        }
        let ends = |c: char| c.is_whitespace() || c == ',' || c.is_ascii_alphabetic();
        let end = rest.find(ends).unwrap_or(rest.len());
        if end == 0 {
            rest = &rest[first.len_utf8()..];
            continue;
        }
        let number = bare(&rest[..end]);
        let joins = number.starts_with('-')
            || (number.starts_with('.') && last.contains('.'))
            || last.is_empty();
        out.push_str(if joins { "" } else { " " });
        out.push_str(&number);
        last = number;
        rest = &rest[end..];
    }
}

/// A number without what does not count: `-0.50` is `-.5`.
fn bare(number: &str) -> String {
    let text = short(number).unwrap_or_else(|| number.to_owned());
    let (sign, digits) = text.strip_prefix('-').map_or(("", &*text), |rest| ("-", rest));
    match digits.strip_prefix("0.") {
        Some(_) if digits.parse() == Ok(0.0) => "0".to_owned(),
        Some(behind) => format!("{sign}.{behind}"),
        None if digits == "0" => "0".to_owned(),
        None => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn short_path(data: &str) -> String {
        let mut out = String::new();
        path(&mut out, data);
        out
    }

    #[test]
    fn paths_are_the_same_in_fewer_bytes() {
        for (long, few) in [
            (
                "M 0 0m 2.5 -0.12q -0.62 0 -1.08 0.38q 0.5 0.25 -3 10Z ",
                "M2.5-.12q-.62 0-1.08.38.5.25-3 10Z",
            ),
            ("M 0 0v 8h 8v -8Z ", "M0 0v8h8v-8Z"),
            ("M 1 2h 3h 4h 0.5h 0.25Z M 5 6l 1 1", "M1 2h3 4 .5.25ZM5 6l1 1"),
            ("M 0.001 -0.004l 1.005 2.345", "M0 0l1 2.35"),
            ("", ""),
        ] {
            assert_eq!(short_path(long), few);
        }
    }

    #[test]
    fn what_stands_elsewhere_is_rounded_alone() {
        let svg = "<g fill-rule=\"nonzero\" transform=\"matrix(1 0 0 -1 11.625 7.9)\">";
        assert_eq!(compact(svg), "<g transform=\"matrix(1 0 0 -1 11.62 7.9)\">");
    }
}
