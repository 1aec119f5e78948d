//! Values as they may be shown before anybody asked for them: long digits without their middle.

/// A text whose identity numbers and telephones are masked, everything else as it stands.
#[must_use]
pub fn masked(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    let mut run = String::new();
    for c in text.chars().chain(std::iter::once('\0')) {
        let ends_number = matches!(c, 'X' | 'x' | 'Ｘ' | 'ｘ') && run.chars().count() == 17;
        if is_digit(c) || ends_number {
            run.push(c);
            continue;
        }
        mask_run(&run, &mut shown);
        run.clear();
        if c != '\0' {
            shown.push(c);
        }
    }
    shown
}

const fn is_digit(c: char) -> bool {
    c.is_ascii_digit() || matches!(c, '０'..='９')
}

fn mask_run(run: &str, shown: &mut String) {
    let length = run.chars().count();
    let (head, tail) = match length {
        15.. => (6, 4),
        11..=14 => (3, 4),
        // A day written in eight digits stays readable; a fixed line of eight does not.
        8 if !is_day(run) => (0, 4),
        9 | 10 => (0, 4),
        7 => (0, 3),
        _ => (length, 0),
    };
    for (at, c) in run.chars().enumerate() {
        shown.push(if at < head || at + tail >= length { c } else { '*' });
    }
}

fn is_day(run: &str) -> bool {
    let part =
        |from: usize, to: usize| run.get(from..to).and_then(|part| part.parse::<u32>().ok()).unwrap_or(0);
    (1900..=2100).contains(&part(0, 4)) && (1..=12).contains(&part(4, 6)) && (1..=31).contains(&part(6, 8))
}
