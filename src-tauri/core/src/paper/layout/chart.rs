//! Charts as lines and boxes: bars, columns, stacked columns, lines, in three fills.
//!
//! Black, 45° hatch and white are told apart on any printer; every value is printed. Hatching is
//! drawn as lines cut at the edges of the bar, not as a pattern.

use super::super::document::{Chart, ChartKind, Fill, Typeface, Warning};
use super::super::style::MM;
use super::closing::circle;
use super::flow::Flow;
use super::line::TextLine;
use super::measure::Font;
use super::page::{Ink, Item, Page};
use super::sheet::TEXT_GAP;
use crate::error::Result;

/// Outline of bars.
const EDGE: f32 = 0.25 * MM;
/// Axis.
const AXIS: f32 = 0.35 * MM;
/// Hatch: from line to line, level, and thickness.
const HATCH: (f32, f32) = (1.3 * MM, 0.22 * MM);
/// Most lines of one hatching; a bar as long as the largest sheet has fewer.
const MOST_HATCH: f32 = 1000.0;
/// Widest bar.
const WIDEST_BAR: f32 = 3.7 * MM;
/// Between the bars of a group.
const BAR_GAP: f32 = 0.4 * MM;
/// Height of title and legend.
const ABOVE: f32 = 13.0 * MM;
/// Height of the labels below columns and lines.
const BELOW: f32 = 6.0 * MM;
/// Between charts.
const BETWEEN: f32 = 8.0 * MM;
/// Size of values and labels.
const SMALL: f32 = 9.0;
/// Most series that three fills tell apart.
const MOST: usize = 3;

/// Where a chart is drawn.
#[derive(Debug, Clone, Copy)]
struct Frame {
    x: f32,
    y: f32,
    width: f32,
    height: f32,
}

impl Flow<'_> {
    /// Sets charts beside each other.
    pub fn charts(&mut self, charts: &[Chart]) -> Result<()> {
        let highest = charts.iter().map(|chart| chart.height * MM).fold(0.0, f32::max);
        let whole = ABOVE + highest + BELOW;
        self.need(whole);
        let shares: f32 = charts.iter().map(|chart| chart.share.max(0.1)).sum();
        let room = self.sheet.room() - BETWEEN * charts.len().saturating_sub(1) as f32;
        let mut x = self.sheet.left;
        for chart in charts {
            let width = room * chart.share.max(0.1) / shares;
            let frame = Frame { x, y: self.y + ABOVE, width, height: chart.height * MM };
            self.chart(chart, frame)?;
            x += width + BETWEEN;
        }
        self.y += whole + TEXT_GAP;
        Ok(())
    }

    fn chart(&mut self, chart: &Chart, frame: Frame) -> Result<()> {
        let mut title = self.single(&chart.title, Font::new(Typeface::Hei, 12.0))?;
        title.squeeze(frame.width, 0.7);
        self.page().line(&title, 12.0, frame.x, frame.y - ABOVE, 0.0);
        if chart.series.len() > MOST {
            let (text, place) =
                (format!("图里有 {} 组数，最多分得清三组。", chart.series.len()), chart.title.clone());
            self.measure.warn(Warning { kind: "chart_series", text, place });
        }
        let plot = match chart.kind {
            ChartKind::Bars => self.bars(chart, frame)?,
            ChartKind::Columns => self.columns(chart, frame)?,
            ChartKind::Stacked => self.stacked_columns(chart, frame)?,
            ChartKind::Lines => self.lines(chart, frame)?,
        };
        self.legend(chart, plot, frame)?;
        self.measure.report_missing(|| format!("图“{}”", chart.title));
        Ok(())
    }

    /// The legend above the drawing; one series needs none.
    fn legend(&mut self, chart: &Chart, left: f32, frame: Frame) -> Result<()> {
        if chart.series.len() < 2 {
            return Ok(());
        }
        let (mut x, y) = (left, frame.y - ABOVE + 7.5 * MM);
        for series in &chart.series {
            let name = self.single(&series.name, Font::new(Typeface::Song, SMALL))?;
            let sample = (7.0 * MM, 3.0 * MM);
            if chart.kind == ChartKind::Lines {
                let middle = y + sample.1 / 2.0;
                stroke(self.page(), (x, middle), (x + sample.0, middle), series.fill);
                dot(self.page(), (x + sample.0 / 2.0, middle), series.fill);
            } else {
                bar(self.page(), (x, y), sample, series.fill);
            }
            let text = (x + sample.0 + 0.8 * MM, y + (sample.1 - SMALL) / 2.0);
            self.page().line(&name, SMALL, text.0, text.1, 0.0);
            x = text.0 + name.width + 4.0 * MM;
        }
        Ok(())
    }

    fn bars(&mut self, chart: &Chart, frame: Frame) -> Result<f32> {
        let labels = self.texts(&chart.labels, Typeface::Song, 10.5)?;
        let label_width = widest(&labels).min(frame.width * 0.4);
        let zero = frame.x + label_width + 2.0 * MM;
        let values = self.values(chart)?;
        let value_width = values.iter().flatten().map(|text| text.width).fold(0.0, f32::max);
        let room = frame.x + frame.width - zero - value_width - 1.5 * MM;
        let scale = room.max(MM) / largest(chart, false);
        let pitch = frame.height / chart.labels.len().max(1) as f32;
        let count = chart.series.len().max(1) as f32;
        let thick = WIDEST_BAR.min((pitch * 0.85 - BAR_GAP * (count - 1.0)) / count);
        for (group, label) in labels.iter().enumerate() {
            let middle = pitch.mul_add(group as f32 + 0.5, frame.y);
            let mut label = label.clone();
            label.squeeze(label_width, 0.6);
            self.page().line(&label, 10.5, zero - 1.5 * MM - label.width, middle - 10.5 / 2.0, 0.0);
            let mut y = middle - (thick * count + BAR_GAP * (count - 1.0)) / 2.0;
            for (series, texts) in chart.series.iter().zip(&values) {
                if let (Some(value), Some(text)) = (series.values.get(group), texts.get(group)) {
                    let length = shown(*value) * scale;
                    bar(self.page(), (zero, y), (length, thick), series.fill);
                    let x = zero + length + 1.0 * MM;
                    self.page().line(text, SMALL, x, y + (thick - SMALL) / 2.0, 0.0);
                }
                y += thick + BAR_GAP;
            }
        }
        self.page().rule((zero, frame.y), (zero, frame.y + frame.height), AXIS);
        Ok(zero)
    }

    fn columns(&mut self, chart: &Chart, frame: Frame) -> Result<f32> {
        let values = self.values(chart)?;
        let base = frame.y + frame.height;
        let room = frame.height - SMALL - 1.0 * MM;
        let scale = room / largest(chart, false);
        let pitch = frame.width / chart.labels.len().max(1) as f32;
        let count = chart.series.len().max(1) as f32;
        let thick = (2.0 * WIDEST_BAR).min((pitch * 0.85 - BAR_GAP * (count - 1.0)) / count);
        for group in 0..chart.labels.len() {
            let middle = pitch.mul_add(group as f32 + 0.5, frame.x);
            let mut x = middle - (thick * count + BAR_GAP * (count - 1.0)) / 2.0;
            for (series, texts) in chart.series.iter().zip(&values) {
                if let (Some(value), Some(text)) = (series.values.get(group), texts.get(group)) {
                    let high = shown(*value) * scale;
                    bar(self.page(), (x, base - high), (thick, high), series.fill);
                    let mut text = text.clone();
                    text.squeeze(thick + 2.0 * MM, 0.7);
                    let left = x + (thick - text.width) / 2.0;
                    self.page().line(&text, SMALL, left, base - high - SMALL - 0.6 * MM, 0.0);
                }
                x += thick + BAR_GAP;
            }
        }
        self.base_line(chart, frame, base)?;
        Ok(frame.x)
    }

    fn stacked_columns(&mut self, chart: &Chart, frame: Frame) -> Result<f32> {
        let base = frame.y + frame.height;
        let scale = frame.height / largest(chart, true);
        let pitch = frame.width / chart.labels.len().max(1) as f32;
        let thick = (pitch * 0.72).min(14.0 * MM);
        for group in 0..chart.labels.len() {
            let x = pitch.mul_add(group as f32 + 0.5, frame.x) - thick / 2.0;
            let mut level = base;
            for series in &chart.series {
                let Some(value) = series.values.get(group) else { continue };
                let high = shown(*value) * scale;
                level -= high;
                bar(self.page(), (x, level), (thick, high), series.fill);
                let words = format!("{}{}", printed(*value, chart.decimals), unit(chart, group));
                self.value_inside(&words, series.fill, (x, level), (thick, high))?;
            }
        }
        self.base_line(chart, frame, base)?;
        Ok(frame.x)
    }

    /// The value of a part of a column: white on black, on a white plate over hatching, beside a part
    /// too low for it.
    fn value_inside(&mut self, words: &str, fill: Fill, at: (f32, f32), size: (f32, f32)) -> Result<()> {
        let face = if fill == Fill::Black { Typeface::Hei } else { Typeface::Song };
        let mut text = self.single(words, Font::new(face, SMALL))?;
        if size.1 < SMALL {
            let y = at.1 + (size.1 - SMALL) / 2.0;
            self.page().line(&text, SMALL, at.0 + size.0 + 0.4 * MM, y, 0.0);
            return Ok(());
        }
        text.squeeze(size.0 - 0.6 * MM, 0.6);
        let place = (at.0 + (size.0 - text.width) / 2.0, at.1 + (size.1 - SMALL) / 2.0);
        if fill == Fill::Black {
            self.page().tinted(&text, SMALL, place, Ink::Grey(0.0));
            return Ok(());
        }
        if fill == Fill::Hatch {
            let plate = (text.width + 0.8 * MM, SMALL + 0.4 * MM);
            let corner = (at.0 + (size.0 - plate.0) / 2.0, at.1 + (size.1 - plate.1) / 2.0);
            self.page().items.push(Item::Fill { at: corner, size: plate, grey: 0.0 });
        }
        self.page().line(&text, SMALL, place.0, place.1, 0.0);
        Ok(())
    }

    fn lines(&mut self, chart: &Chart, frame: Frame) -> Result<f32> {
        let values = self.values(chart)?;
        let base = frame.y + frame.height;
        let scale = (frame.height - 2.0 * SMALL) / largest(chart, false);
        let pitch = frame.width / chart.labels.len().max(1) as f32;
        let spots: Vec<Vec<(f32, f32)>> = chart
            .series
            .iter()
            .map(|series| {
                let values = series.values.iter().take(chart.labels.len()).enumerate();
                let place = |group: usize| pitch.mul_add(group as f32 + 0.5, frame.x);
                values.map(|(group, value)| (place(group), base - shown(*value) * scale)).collect()
            })
            .collect();
        for (series, spots) in chart.series.iter().zip(&spots) {
            for pair in spots.windows(2) {
                stroke(self.page(), pair[0], pair[1], series.fill);
            }
        }
        let reach = 1.0 * MM;
        let around = |spot: &(f32, f32)| [spot.0 - reach, spot.0 + reach, spot.1 - reach, spot.1 + reach];
        let mut taken: Vec<[f32; 4]> = spots.iter().flatten().map(around).collect();
        for (series, (spots, texts)) in chart.series.iter().zip(spots.iter().zip(&values)) {
            for (spot, text) in spots.iter().zip(texts) {
                let left = spot.0 - text.width / 2.0;
                let top = free_place(&taken, left, spot.1, text.width);
                taken.push([left, left + text.width, top, top + SMALL]);
                // A line behind a figure must not make it another figure.
                let plate = (text.width, SMALL);
                self.page().items.push(Item::Fill { at: (left, top), size: plate, grey: 0.0 });
                self.page().line(text, SMALL, left, top, 0.0);
                dot(self.page(), *spot, series.fill);
            }
        }
        self.base_line(chart, frame, base)?;
        Ok(frame.x)
    }

    /// The axis below, and the names of the groups.
    fn base_line(&mut self, chart: &Chart, frame: Frame, base: f32) -> Result<()> {
        self.page().rule((frame.x, base), (frame.x + frame.width, base), AXIS);
        let pitch = frame.width / chart.labels.len().max(1) as f32;
        for (group, label) in self.texts(&chart.labels, Typeface::Song, SMALL)?.into_iter().enumerate() {
            let mut label = label;
            label.squeeze(pitch - 0.5 * MM, 0.5);
            let x = pitch.mul_add(group as f32 + 0.5, frame.x) - label.width / 2.0;
            self.page().line(&label, SMALL, x, base + 1.2 * MM, 0.0);
        }
        Ok(())
    }

    fn texts(&mut self, texts: &[String], typeface: Typeface, size: f32) -> Result<Vec<TextLine>> {
        texts.iter().map(|text| self.single(text, Font::new(typeface, size))).collect()
    }

    /// The printed values of every series; those of black bars in 黑体.
    fn values(&mut self, chart: &Chart) -> Result<Vec<Vec<TextLine>>> {
        let mut made = Vec::with_capacity(chart.series.len());
        for series in &chart.series {
            let face = if series.fill == Fill::Black { Typeface::Hei } else { Typeface::Song };
            let words = |(group, value): (usize, &f64)| {
                format!("{}{}", printed(*value, chart.decimals), unit(chart, group))
            };
            let words: Vec<String> = series.values.iter().enumerate().map(words).collect();
            made.push(self.texts(&words, face, SMALL)?);
        }
        Ok(made)
    }
}

/// The length that a value is drawn with: nothing for what is below zero or no number.
fn shown(value: f64) -> f32 {
    // So large a value would make sums of it no number at all.
    let largest = 1e30;
    if value.is_finite() { (value as f32).clamp(0.0, largest) } else { 0.0 }
}

fn printed(value: f64, decimals: u8) -> String {
    format!("{value:.0$}", usize::from(decimals))
}

fn unit(chart: &Chart, group: usize) -> &str {
    let place = if chart.units.len() == 1 { 0 } else { group };
    chart.units.get(place).map_or("", String::as_str)
}

fn widest(texts: &[TextLine]) -> f32 {
    texts.iter().map(|text| text.width).fold(0.0, f32::max)
}

/// The largest value, or the largest sum of a group; never 0.
fn largest(chart: &Chart, is_sum: bool) -> f32 {
    let of_group = |group: usize| {
        let values =
            chart.series.iter().filter_map(|series| series.values.get(group)).map(|value| shown(*value));
        if is_sum { values.sum() } else { values.fold(0.0, f32::max) }
    };
    let largest = (0..chart.labels.len()).map(of_group).fold(0.0, f32::max);
    if largest > 1e-6 && largest.is_finite() { largest } else { 1.0 }
}

/// Above the spot; where something stands there already, below it or further away.
fn free_place(taken: &[[f32; 4]], left: f32, spot: f32, width: f32) -> f32 {
    let gap = 1.3 * MM;
    let (above, below) = (spot - SMALL - gap, spot + gap);
    let places = [above, below, above - SMALL, below + SMALL, above - 2.0 * SMALL];
    let is_free = |top: &f32| {
        let hits =
            |old: &[f32; 4]| left < old[1] && left + width > old[0] && *top < old[3] && top + SMALL > old[2];
        !taken.iter().any(hits)
    };
    places.into_iter().find(is_free).unwrap_or(above)
}

fn bar(page: &mut Page, at: (f32, f32), size: (f32, f32), fill: Fill) {
    match fill {
        Fill::Black => page.items.push(Item::Fill { at, size, grey: 1.0 }),
        Fill::White => page.outline(at, size, EDGE),
        Fill::Hatch => {
            hatch(page, at, size);
            page.outline(at, size, EDGE);
        }
    }
}

/// Falling lines at 45°, cut at the edges.
fn hatch(page: &mut Page, at: (f32, f32), size: (f32, f32)) {
    let (width, height) = size;
    let count = ((width + height) / HATCH.0).ceil().clamp(0.0, MOST_HATCH) as usize;
    for index in 0..count {
        let start = HATCH.0.mul_add(index as f32 + 0.5, -height);
        // The line runs from (start, 0) to (start + height, height).
        let from = (start.max(0.0), (-start).max(0.0));
        let to = ((start + height).min(width), (width - start).min(height));
        if to.0 > from.0 {
            page.rule((at.0 + from.0, at.1 + from.1), (at.0 + to.0, at.1 + to.1), HATCH.1);
        }
    }
}

fn stroke(page: &mut Page, from: (f32, f32), to: (f32, f32), fill: Fill) {
    let (weight, dash) = match fill {
        Fill::Black => (0.5 * MM, 0.0),
        Fill::Hatch => (0.4 * MM, 1.2 * MM),
        Fill::White => (0.2 * MM, 0.0),
    };
    page.items.push(Item::Stroke { from, to, weight, grey: 1.0, dash });
}

fn dot(page: &mut Page, centre: (f32, f32), fill: Fill) {
    let radius = 0.9 * MM;
    match fill {
        Fill::Black => page.items.push(circle(centre, radius, Some(Ink::Grey(1.0)), None, 0.0)),
        Fill::White => {
            let line = Some((EDGE, Ink::Grey(1.0)));
            page.items.push(circle(centre, radius, Some(Ink::Grey(0.0)), line, 0.0));
        }
        Fill::Hatch => {
            let at = (centre.0 - radius, centre.1 - radius);
            let size = (2.0 * radius, 2.0 * radius);
            page.items.push(Item::Fill { at, size, grey: 0.0 });
            page.outline(at, size, EDGE);
        }
    }
}
