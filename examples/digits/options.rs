//! The command line.

use clap::Parser;
use std::path::PathBuf;

/// Trains a network to read handwritten digits.
#[derive(Parser)]
#[command(name = "digits")]
pub struct Options {
    /// Seed of the split, of the initial weights and of the shuffling
    #[arg(long, default_value_t = 0)]
    pub seed: u64,
    /// How often every image is seen
    #[arg(long, default_value_t = 60)]
    pub epochs: usize,
    /// Widths of the hidden layers
    #[arg(long, value_delimiter = ',', default_value = "128,64", value_parser = parse_width)]
    pub hidden: Vec<usize>,
    /// Learning rate of Adam
    #[arg(long = "lr", default_value_t = 1e-3, value_parser = parse_rate)]
    pub rate: f64,
    /// Images in a batch
    #[arg(long, default_value_t = 32)]
    pub batch: usize,
    /// Table of pixels 0..16 and a label, with a header line
    #[arg(long, default_value = concat!(env!("CARGO_MANIFEST_DIR"), "/examples/data/digits.csv"))]
    pub data: PathBuf,
    /// Where the drawings go
    #[arg(long, default_value = concat!(env!("CARGO_MANIFEST_DIR"), "/target/digits"))]
    pub folder: PathBuf,
}

impl Options {
    pub fn from_command_line() -> Self {
        Self::parse()
    }
}

fn parse_width(text: &str) -> Result<usize, String> {
    match text.trim().parse() {
        Ok(0) | Err(_) => Err(format!("`{text}` is not the width of a layer, a whole number above 0")),
        Ok(width) => Ok(width),
    }
}

fn parse_rate(text: &str) -> Result<f64, String> {
    match text.parse::<f64>() {
        Ok(rate) if rate > 0.0 && rate.is_finite() => Ok(rate),
        _ => Err(format!("`{text}` is not a learning rate, a number above 0")),
    }
}
