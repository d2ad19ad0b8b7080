//! Losses: means over the examples of a batch, of which every derivative is generated.

mod classification;
mod regression;

pub use classification::softmax_cross_entropy;
pub use regression::mean_squared_error;
