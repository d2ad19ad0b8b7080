//! The drawings.

use crate::networks::{Shallow, sawtooth};
use crate::whole::write_whole;
use plotters::prelude::*;
use std::error::Error;
use std::path::Path;

const DEEP: RGBColor = RGBColor(31, 119, 180);
const WIDE: RGBColor = RGBColor(214, 90, 30);
const SAMPLES: u32 = 1 << 10;

/// Above the networks of 0 to 5 layers, below one hidden layer with as many units.
pub fn networks(path: &Path) -> Result<(), Box<dyn Error>> {
    let mut svg = String::new();
    {
        let root = SVGBackend::with_string(&mut svg, (1500, 560)).into_drawing_area();
        root.fill(&WHITE)?;
        let panels = root.split_evenly((2, 6));
        for depth in 0..6 {
            let kinks = (1 << depth) - 1;
            panel(&panels[depth], &format!("{}: {}", counted(depth, "layer"), counted(kinks, "kink")), DEEP, |x| {
                sawtooth(x, depth)
            })?;
            let width = 2 * depth;
            let shallow = Shallow::zigzag(width);
            let title = format!("1 layer, {width} units: {}", counted(width.saturating_sub(1), "kink"));
            panel(&panels[6 + depth], &title, WIDE, |x| shallow.value(x))?;
        }
        root.present()?;
    }
    Ok(write_whole(path, &svg)?)
}

fn panel<F: Fn(f64) -> f64>(
    area: &DrawingArea<SVGBackend<'_>, plotters::coord::Shift>,
    title: &str,
    colour: RGBColor,
    value: F,
) -> Result<(), Box<dyn Error>> {
    let mut chart = ChartBuilder::on(area)
        .caption(title, ("sans-serif", 15))
        .margin(8)
        .x_label_area_size(22)
        .y_label_area_size(26)
        .build_cartesian_2d(-2.0..2.0, -2.2..2.2)?;
    chart.configure_mesh().x_labels(5).y_labels(5).light_line_style(TRANSPARENT).draw()?;
    let points = (0..=SAMPLES).map(|i| -2.0 + 4.0 * f64::from(i) / f64::from(SAMPLES)).map(|x| (x, value(x)));
    chart.draw_series(LineSeries::new(points, colour.stroke_width(2)))?;
    Ok(())
}

fn counted(number: usize, thing: &str) -> String {
    format!("{number} {thing}{}", if number == 1 { "" } else { "s" })
}

/// The kinks against the number of ReLU units: `deep` and `shallow` are points (units, kinks) as counted.
pub fn growth(path: &Path, deep: &[(usize, usize)], shallow: &[(usize, usize)]) -> Result<(), Box<dyn Error>> {
    let most = |points: &[(usize, usize)]| points.iter().map(|point| point.1).max().unwrap_or(1);
    let units = deep.iter().chain(shallow).map(|point| point.0).max().unwrap_or(1);
    let top = most(deep).max(most(shallow)) as f64 * 2.0;
    let mut svg = String::new();
    {
        let root = SVGBackend::with_string(&mut svg, (640, 440)).into_drawing_area();
        root.fill(&WHITE)?;
        let mut chart = ChartBuilder::on(&root)
            .caption("Kinks by the number of ReLU units", ("sans-serif", 18))
            .margin(12)
            .x_label_area_size(40)
            .y_label_area_size(52)
            .build_cartesian_2d(0.0..units as f64 + 1.0, (0.8..top).log_scale())?;
        chart
            .configure_mesh()
            .x_desc("units")
            .y_desc("kinks, logarithmic")
            .light_line_style(TRANSPARENT)
            .x_label_formatter(&|units| format!("{units:.0}"))
            .y_label_formatter(&|kinks| format!("{kinks:.0}"))
            .draw()?;
        for (points, colour, name) in [(deep, DEEP, "two units a layer"), (shallow, WIDE, "one hidden layer")] {
            // a logarithm has no place for the networks without kinks
            let points = points.iter().filter(|point| point.1 > 0).map(|&(units, kinks)| (units as f64, kinks as f64));
            chart
                .draw_series(LineSeries::new(points.clone(), colour.stroke_width(2)))?
                .label(name)
                .legend(move |(x, y)| PathElement::new(vec![(x, y), (x + 18, y)], colour.stroke_width(2)));
            chart.draw_series(points.map(|point| Circle::new(point, 3, colour.filled())))?;
        }
        chart.configure_series_labels().position(SeriesLabelPosition::UpperLeft).border_style(BLACK).draw()?;
        root.present()?;
    }
    Ok(write_whole(path, &svg)?)
}
