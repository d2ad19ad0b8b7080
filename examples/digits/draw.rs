//! The drawings: progress by epoch, and the misread images.

use crate::Metrics;
use crate::whole::write_whole;
use chainrule::data::Dataset;
use chainrule::train::Epoch;
use nalgebra::DMatrix;
use plotters::coord::Shift;
use plotters::prelude::*;
use std::error::Error;
use std::path::Path;

const TRAIN: RGBColor = RGBColor(31, 119, 180);
const TEST: RGBColor = RGBColor(214, 90, 30);
type Area<'a> = DrawingArea<SVGBackend<'a>, Shift>;

/// Loss and accuracy by epoch, on both parts of the data.
pub fn curves(path: &Path, epochs: &[Epoch<Metrics>]) -> Result<(), Box<dyn Error>> {
    let mut svg = String::new();
    {
        let root = SVGBackend::with_string(&mut svg, (1000, 400)).into_drawing_area();
        root.fill(&WHITE)?;
        let (left, right) = root.split_horizontally(500);
        let points = |value: fn(&Metrics) -> f64| -> Vec<(f64, f64)> {
            epochs.iter().map(|epoch| (epoch.number as f64, value(&epoch.metrics))).collect()
        };
        let losses = [points(|metrics| metrics.train_loss), points(|metrics| metrics.test_loss)];
        let top = losses.iter().flatten().fold(0.1, |top: f64, point| top.max(point.1));
        panel(&left, "Cross-entropy", "loss", 0.0..1.05 * top, &losses)?;
        let shares =
            [points(|metrics| 100.0 * metrics.train_accuracy), points(|metrics| 100.0 * metrics.test_accuracy)];
        let bottom = shares.iter().flatten().fold(99.0, |bottom: f64, point| bottom.min(point.1)).floor() - 1.0;
        panel(&right, "Accuracy", "% of the images", bottom.max(0.0)..100.5, &shares)?;
        root.present()?;
    }
    Ok(write_whole(path, &svg)?)
}

fn panel(
    area: &Area<'_>,
    title: &str,
    unit: &str,
    range: std::ops::Range<f64>,
    series: &[Vec<(f64, f64)>; 2],
) -> Result<(), Box<dyn Error>> {
    let last = series[0].last().map_or(1.0, |point| point.0).max(2.0);
    let mut chart = ChartBuilder::on(area)
        .caption(title, ("sans-serif", 18))
        .margin(12)
        .x_label_area_size(40)
        .y_label_area_size(56)
        .build_cartesian_2d(1.0..last, range)?;
    chart
        .configure_mesh()
        .x_desc("epoch")
        .y_desc(unit)
        .light_line_style(TRANSPARENT)
        .x_label_formatter(&|x| format!("{x:.0}"))
        .draw()?;
    for (points, colour, name) in [(&series[0], TRAIN, "training"), (&series[1], TEST, "test")] {
        chart
            .draw_series(LineSeries::new(points.iter().copied(), colour.stroke_width(2)))?
            .label(name)
            .legend(move |(x, y)| PathElement::new(vec![(x, y), (x + 18, y)], colour.stroke_width(2)));
    }
    let position = if title == "Accuracy" { SeriesLabelPosition::LowerRight } else { SeriesLabelPosition::UpperRight };
    chart.configure_series_labels().position(position).background_style(WHITE).border_style(BLACK).draw()?;
    Ok(())
}

/// The misread images with what was read and what it is; the number of them. `logits` is `classes x examples`.
pub fn mistakes(path: &Path, test: &Dataset<f32>, logits: &DMatrix<f32>) -> Result<usize, Box<dyn Error>> {
    const COLUMNS: usize = 8;
    const CELL: usize = 110;
    let misread: Vec<(usize, usize)> = (0..test.len())
        .map(|example| (example, logits.column(example).argmax().0))
        .filter(|&(example, read)| read != test.labels[example])
        .collect();
    let rows = misread.len().div_ceil(COLUMNS).max(1);
    let mut svg = String::new();
    {
        let size = ((COLUMNS * CELL) as u32, (rows * CELL + 40) as u32);
        let root = SVGBackend::with_string(&mut svg, size).into_drawing_area();
        root.fill(&WHITE)?;
        let title = format!("{} of {} test images misread", misread.len(), test.len());
        root.draw(&Text::new(title, (12, 12), ("sans-serif", 18)))?;
        for (position, &(example, read)) in misread.iter().enumerate() {
            let corner = ((position % COLUMNS * CELL) as i32 + 15, (position / COLUMNS * CELL) as i32 + 40);
            image(&root, test.inputs.column(example).as_slice(), corner)?;
            let caption = format!("read {read}, is {}", test.labels[example]);
            root.draw(&Text::new(caption, (corner.0, corner.1 + 84), ("sans-serif", 13)))?;
        }
        root.present()?;
    }
    write_whole(path, &svg)?;
    Ok(misread.len())
}

/// A square image of grey values from 0 (white) to 1 (black), row by row, 80 pixels wide.
fn image(area: &Area<'_>, pixels: &[f32], corner: (i32, i32)) -> Result<(), Box<dyn Error>> {
    let side = pixels.len().isqrt().max(1);
    let size = 80 / side as i32;
    for (index, pixel) in pixels.iter().enumerate() {
        let at = (corner.0 + (index % side) as i32 * size, corner.1 + (index / side) as i32 * size);
        let grey = (255.0 * (1.0 - pixel.clamp(0.0, 1.0))) as u8;
        area.draw(&Rectangle::new([at, (at.0 + size, at.1 + size)], RGBColor(grey, grey, grey).filled()))?;
    }
    let frame = [corner, (corner.0 + side as i32 * size, corner.1 + side as i32 * size)];
    area.draw(&Rectangle::new(frame, RGBColor(150, 150, 150).stroke_width(1)))?;
    Ok(())
}
