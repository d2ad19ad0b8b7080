//! The progress bar of training.

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

/// A bar over the epochs with the loss of the last one; nothing is drawn where the output is no terminal.
pub struct Progress {
    bar: ProgressBar,
}

impl Progress {
    pub fn new(epochs: usize, wanted: bool) -> Self {
        let target = if wanted { ProgressDrawTarget::stderr() } else { ProgressDrawTarget::hidden() };
        let bar = ProgressBar::with_draw_target(Some(epochs as u64), target);
        if let Ok(style) = ProgressStyle::with_template("epoch {pos}/{len} {bar:40} {msg} ({eta})") {
            bar.set_style(style);
        }
        Self { bar }
    }

    pub fn advance(&self, loss: f64) {
        self.bar.set_message(format!("loss {loss:.4}"));
        self.bar.inc(1);
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.bar.finish_and_clear();
    }
}
