//! Examples from a file of comma-separated values.

use std::fs::File;
use std::path::Path;

use csv::{ReaderBuilder, StringRecord};
use nalgebra::{DMatrix, RealField};

use super::Dataset;
use crate::Real;
use crate::error::{Error, Result};

/// Reads a file with a header line, of which every further line holds the features of an example and, last, its label.
///
/// Features are finite numbers; labels are whole numbers below `classes`.
///
/// # Errors
/// [`Error::Read`], [`Error::Empty`], or [`Error::Malformed`] with the line and the column (of the table, both counted
/// from 1) of the first place that is wrong.
pub fn read_csv<T: Real + RealField>(path: &Path, classes: usize) -> Result<Dataset<T>> {
    let file = File::open(path).map_err(|source| Error::Read { path: path.to_owned(), source })?;
    let mut reader = ReaderBuilder::new().flexible(true).trim(csv::Trim::All).from_reader(file);
    let header = reader.headers().map_err(|error| unreadable(path, error))?.clone();
    if header.is_empty() {
        return Err(Error::Empty { path: path.to_owned() });
    }
    if header.len() < 2 {
        let what = "a header of at least one feature and the label is needed".to_owned();
        return Err(Error::Malformed { path: path.to_owned(), line: 1, column: 1, what });
    }
    let mut values = Vec::new();
    let mut labels = Vec::new();
    let mut record = StringRecord::new();
    while reader.read_record(&mut record).map_err(|error| unreadable(path, error))? {
        let line = record.position().map_or(0, csv::Position::line);
        let row = Row { path, line, header: &header, record: &record };
        row.check_length()?;
        for column in 0..header.len() - 1 {
            values.push(T::constant(row.number(column)?));
        }
        labels.push(row.label(header.len() - 1, classes)?);
    }
    if labels.is_empty() {
        return Err(Error::Empty { path: path.to_owned() });
    }
    Ok(Dataset { inputs: DMatrix::from_vec(header.len() - 1, labels.len(), values), labels, classes })
}

/// What the reader itself complains of: the file, or text that is not UTF-8.
fn unreadable(path: &Path, error: csv::Error) -> Error {
    let line = error.position().map_or(1, csv::Position::line);
    let what = error.to_string();
    match error.into_kind() {
        csv::ErrorKind::Io(source) => Error::Read { path: path.to_owned(), source },
        csv::ErrorKind::Utf8 { err, .. } => Error::Malformed {
            path: path.to_owned(),
            line,
            column: err.field() + 1,
            what: "the text is not UTF-8".to_owned(),
        },
        _ => Error::Malformed { path: path.to_owned(), line, column: 1, what },
    }
}

/// One line of the file.
struct Row<'a> {
    path: &'a Path,
    line: u64,
    header: &'a StringRecord,
    record: &'a StringRecord,
}

impl Row<'_> {
    fn malformed(&self, column: usize, what: String) -> Error {
        Error::Malformed { path: self.path.to_owned(), line: self.line, column: column + 1, what }
    }

    fn check_length(&self) -> Result<()> {
        let (found, expected) = (self.record.len(), self.header.len());
        if found == expected {
            return Ok(());
        }
        let what = format!("{found} values instead of {expected}");
        Err(self.malformed(found.min(expected), what))
    }

    fn number(&self, column: usize) -> Result<f64> {
        let text = &self.record[column];
        match text.parse::<f64>() {
            Ok(value) if value.is_finite() => Ok(value),
            Ok(_) => Err(self.malformed(column, format!("`{text}` is not a finite number"))),
            Err(_) => Err(self.malformed(column, format!("`{text}` is not a number"))),
        }
    }

    fn label(&self, column: usize, classes: usize) -> Result<usize> {
        let text = &self.record[column];
        match text.parse::<usize>() {
            Ok(label) if label < classes => Ok(label),
            Ok(label) => Err(self.malformed(column, format!("the label {label} is not below {classes}"))),
            Err(_) => Err(self.malformed(column, format!("`{text}` is not a label, a whole number below {classes}"))),
        }
    }
}
