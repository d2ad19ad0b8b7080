//! Triangular factors: `L` of a Cholesky or an LU decomposition, `U` of an LU decomposition.

use nalgebra::allocator::Allocator;
use nalgebra::{Cholesky, DefaultAllocator, Dim, DimMin, LU, OMatrix};

use super::super::Entry;

/// A decomposition of a square matrix with a lower triangular factor.
#[diagnostic::on_unimplemented(
    message = "the factor `l()` of `{Self}` has no derivative rule",
    note = "the rules are those of nalgebra's `Cholesky`, and of `LU` of a square matrix"
)]
pub trait LowerFactor<T: Entry, D: Dim>
where
    DefaultAllocator: Allocator<D, D>,
{
    /// `L_dot`, from the tangent of what is factored.
    fn pushed(&self, l: &OMatrix<T, D, D>, dot: &OMatrix<T, D, D>) -> OMatrix<T, D, D>;

    /// The cotangent of what is factored.
    fn pulled(&self, l: &OMatrix<T, D, D>, l_bar: &OMatrix<T, D, D>) -> OMatrix<T, D, D>;
}

/// `S = L Lᵀ`: `L_dot = L Φ(L⁻¹ S_dot L⁻ᵀ)`, where `Φ` keeps the lower triangle and halves the diagonal; `S_bar` is the cotangent of the
/// lower triangle, column by column from the last, in 2/3 n³ operations (Murray, "Differentiation of the Cholesky decomposition", 2016,
/// eq. 8 and section 3.1).
impl<T: Entry, D: Dim> LowerFactor<T, D> for Cholesky<T, D>
where
    DefaultAllocator: Allocator<D, D>,
{
    fn pushed(&self, l: &OMatrix<T, D, D>, dot: &OMatrix<T, D, D>) -> OMatrix<T, D, D> {
        let half = or_nan(l.solve_lower_triangular(dot), l);
        let middle = or_nan(l.solve_lower_triangular(&half.transpose()), l).transpose();
        l * halved_lower(middle)
    }

    fn pulled(&self, l: &OMatrix<T, D, D>, l_bar: &OMatrix<T, D, D>) -> OMatrix<T, D, D> {
        let n = l.nrows();
        let mut bar = l_bar.clone();
        bar.fill_upper_triangle(T::constant(0.0), 1);
        let columns = l.as_slice();
        for j in (0..n).rev() {
            let (before, column) = bar.as_mut_slice()[..(j + 1) * n].split_at_mut(j * n);
            let (diagonal, below) = column.split_at_mut(j + 1);
            let reciprocal = T::one() / l[(j, j)];
            let along = product(&columns[j * n + j + 1..(j + 1) * n], below);
            let d_bar = (diagonal[j] - along * reciprocal) * reciprocal;
            below.iter_mut().for_each(|bar| *bar *= reciprocal);
            for (column, column_bar) in columns.chunks_exact(n).zip(before.chunks_exact_mut(n)) {
                let factor = column[j];
                column_bar[j] -= d_bar * factor + product(&column[j + 1..], below);
                column_bar[j + 1..].iter_mut().zip(&*below).for_each(|(bar, c_bar)| *bar -= *c_bar * factor);
            }
            diagonal[j] = d_bar * T::constant(0.5);
        }
        bar
    }
}

/// `⟨a, b⟩`, in four sums, so that none waits for another.
fn product<T: Entry>(a: &[T], b: &[T]) -> T {
    let ((a_fours, a_rest), (b_fours, b_rest)) = (a.as_chunks::<4>(), b.as_chunks::<4>());
    let mut sums = [T::constant(0.0); 4];
    for (a, b) in a_fours.iter().zip(b_fours) {
        for lane in 0..4 {
            sums[lane] += a[lane] * b[lane];
        }
    }
    let rest = a_rest.iter().zip(b_rest).fold(T::constant(0.0), |sum, (a, b)| sum + *a * *b);
    (sums[0] + sums[1]) + (sums[2] + sums[3]) + rest
}

/// `P A = L U`: with `M = L⁻¹ P A_dot U⁻¹`, `L_dot = L tril(M)` of the strict lower triangle.
impl<T: Entry, D: DimMin<D, Output = D>> LowerFactor<T, D> for LU<T, D, D>
where
    DefaultAllocator: Allocator<D, D> + Allocator<D>,
{
    fn pushed(&self, l: &OMatrix<T, D, D>, dot: &OMatrix<T, D, D>) -> OMatrix<T, D, D> {
        l * strict_lower(between_factors(self, dot))
    }

    fn pulled(&self, l: &OMatrix<T, D, D>, l_bar: &OMatrix<T, D, D>) -> OMatrix<T, D, D> {
        around_factors(self, &strict_lower(l.transpose() * l_bar))
    }
}

fn halved_lower<T: Entry, D: Dim>(mut m: OMatrix<T, D, D>) -> OMatrix<T, D, D>
where
    DefaultAllocator: Allocator<D, D>,
{
    m.fill_upper_triangle(T::constant(0.0), 1);
    for i in 0..m.nrows() {
        m[(i, i)] *= T::constant(0.5);
    }
    m
}

fn strict_lower<T: Entry, D: Dim>(mut m: OMatrix<T, D, D>) -> OMatrix<T, D, D>
where
    DefaultAllocator: Allocator<D, D>,
{
    m.fill_upper_triangle(T::constant(0.0), 0);
    m
}

fn upper<T: Entry, D: Dim>(mut m: OMatrix<T, D, D>) -> OMatrix<T, D, D>
where
    DefaultAllocator: Allocator<D, D>,
{
    m.fill_lower_triangle(T::constant(0.0), 1);
    m
}

/// The factors of a singular matrix have no derivative.
fn or_nan<T: Entry, D: Dim>(solved: Option<OMatrix<T, D, D>>, like: &OMatrix<T, D, D>) -> OMatrix<T, D, D>
where
    DefaultAllocator: Allocator<D, D>,
{
    solved.unwrap_or_else(|| like.map(|_| T::constant(f64::NAN)))
}

/// `L⁻¹ P A_dot U⁻¹`
fn between_factors<T: Entry, D: DimMin<D, Output = D>>(f: &LU<T, D, D>, dot: &OMatrix<T, D, D>) -> OMatrix<T, D, D>
where
    DefaultAllocator: Allocator<D, D> + Allocator<D>,
{
    let mut permuted = dot.clone();
    f.p().permute_rows(&mut permuted);
    let left = or_nan(f.l().solve_lower_triangular(&permuted), dot);
    or_nan(f.u().tr_solve_upper_triangular(&left.transpose()), dot).transpose()
}

/// `Pᵀ L⁻ᵀ M U⁻ᵀ`, the transpose of [`between_factors`].
fn around_factors<T: Entry, D: DimMin<D, Output = D>>(f: &LU<T, D, D>, m: &OMatrix<T, D, D>) -> OMatrix<T, D, D>
where
    DefaultAllocator: Allocator<D, D> + Allocator<D>,
{
    let left = or_nan(f.l().tr_solve_lower_triangular(m), m);
    let mut bar = or_nan(f.u().solve_upper_triangular(&left.transpose()), m).transpose();
    f.p().inv_permute_rows(&mut bar);
    bar
}

/// The lower triangular factor: of `S = L Lᵀ`, `S_bar = L⁻ᵀ Φ(Lᵀ L_bar) L⁻¹`; of `P A = L U`,
/// `A_bar = Pᵀ L⁻ᵀ tril(Lᵀ L_bar) U⁻ᵀ`, with the strict lower triangle.
pub mod l {
    use super::*;

    /// `L_dot`.
    pub fn push_0<F, T, D>(f: &F, l: &OMatrix<T, D, D>, dot: &OMatrix<T, D, D>) -> OMatrix<T, D, D>
    where
        F: LowerFactor<T, D>,
        T: Entry,
        D: Dim,
        DefaultAllocator: Allocator<D, D>,
    {
        f.pushed(l, dot)
    }

    /// The cotangent of what is factored.
    pub fn pull_0<F, T, D>(f: &F, l: &OMatrix<T, D, D>, l_bar: &OMatrix<T, D, D>) -> OMatrix<T, D, D>
    where
        F: LowerFactor<T, D>,
        T: Entry,
        D: Dim,
        DefaultAllocator: Allocator<D, D>,
    {
        f.pulled(l, l_bar)
    }
}

/// The factor `U` of `P A = L U`, where `A` is square: with `M = L⁻¹ P A_dot U⁻¹`, `U_dot = triu(M) U`, and
/// `A_bar = Pᵀ L⁻ᵀ triu(U_bar Uᵀ) U⁻ᵀ` (de Hoog, Anderssen and Lukas, "Differentiation of matrix functionals using triangular
/// factorization", 2011). The permutation is constant near `A`. Where `A` is singular the derivative is NaN.
pub mod u {
    use super::*;

    /// `triu(M) U`.
    pub fn push_0<T, D>(f: &LU<T, D, D>, u: &OMatrix<T, D, D>, dot: &OMatrix<T, D, D>) -> OMatrix<T, D, D>
    where
        T: Entry,
        D: DimMin<D, Output = D>,
        DefaultAllocator: Allocator<D, D> + Allocator<D>,
    {
        upper(between_factors(f, dot)) * u
    }

    /// `Pᵀ L⁻ᵀ triu(U_bar Uᵀ) U⁻ᵀ`.
    pub fn pull_0<T, D>(f: &LU<T, D, D>, u: &OMatrix<T, D, D>, u_bar: &OMatrix<T, D, D>) -> OMatrix<T, D, D>
    where
        T: Entry,
        D: DimMin<D, Output = D>,
        DefaultAllocator: Allocator<D, D> + Allocator<D>,
    {
        around_factors(f, &upper(u_bar * u.transpose()))
    }
}
