//! Tasks for the accumulation of Jacobians: a numerical flux and two systems of equations.
//!
//! The bodies are the ones whose counts are published (Lohoff and Neftci, *Optimizing automatic differentiation with
//! deep reinforcement learning*, NeurIPS 2024), which is why nothing is factored out that they do not factor out.

use chainrule::differentiable;

/// The flux between two states `(density, momentum, energy)` of a gas in one dimension (Roe 1981), with `γ = 0.5`.
#[differentiable(jacobian = cross_country)]
pub fn roe_flux_1d(ul0: f64, ul1: f64, ul2: f64, ur0: f64, ur1: f64, ur2: f64) -> (f64, f64, f64) {
    let gamma = 0.5;
    let pl = (gamma - 1.0) * (ul2 - 0.5 * ul1.powi(2) / ul0);
    let pr = (gamma - 1.0) * (ur2 - 0.5 * ur1.powi(2) / ur0);
    let vl = ul1 / ul0;
    let vr = ur1 / ur0;
    let hl = (ul2 + pl) / ul0;
    let hr = (ur2 + pr) / ur0;

    // Roe's mean of the two states
    let ulr0 = (ul0 * ur0).sqrt();
    let w1 = ul0.sqrt() + ur0.sqrt();
    let u = (ul0.sqrt() * vl + ur0.sqrt() * vr) / w1;
    let h = (ul0.sqrt() * hl + ur0.sqrt() * hr) / w1;
    let q2 = u.powi(2);
    let a2 = (gamma - 1.0) * (h - 0.5 * q2);
    let a = a2.sqrt();

    // the strengths of the three waves
    let du0 = ur0 - ul0;
    let dp = pr - pl;
    let dv = vr - vl;
    let lp = (u + a).abs();
    let l = u.abs();
    let ln = u.abs();
    let n = a * ulr0;
    let c0 = (du0 - dp / a2) * l;
    let c1 = (dv + dp / n) * lp;
    let c2 = (dv - dp / n) * ln;
    let c = 0.5 * ulr0 / a;
    let df0 = c0 + c * c1 - c * c2;
    let df1 = c0 * u + c * c1 * (u + a) - c * c2 * (u - a);
    let df2 = c0 * 0.5 * q2 + c * c1 * (h + u * a) - c * c2 * (h - u * a);

    // the fluxes of both sides, each with a velocity of its own
    let wl = ul1 / ul0;
    let wr = ur1 / ur0;
    let f0 = ul1 + ur1;
    let f1 = (pl + ul1 * wl) + (pr + ur1 * wr);
    let f2 = wl * (pl + ul2) + wr * (pr + ur2);
    (0.5 * (f0 - df0), 0.5 * (f1 - df1), 0.5 * (f2 - df2))
}

/// The electrical dipoles of a heart from its moments, all of them 1, as the zero of this function.
#[differentiable(jacobian = cross_country)]
pub fn human_heart_dipole(x: [f64; 8]) -> [f64; 8] {
    let [x1, x2, x3, x4, x5, x6, x7, x8] = x;
    let sigma = 1.0;
    let x57 = x5.powi(2) - x7.powi(2);
    let x68 = x6.powi(2) - x8.powi(2);
    let a = x5 * (x5.powi(2) - 3.0 * x7.powi(2));
    let b = x7 * (x7.powi(2) - 3.0 * x5.powi(2));
    let c = x6 * (x6.powi(2) - 3.0 * x8.powi(2));
    let d = x8 * (x8.powi(2) - 3.0 * x6.powi(2));
    [
        x1 + x2 - sigma,
        x3 + x4 - sigma,
        x5 * x1 + x6 * x2 - x7 * x3 - x8 * x4 - sigma,
        x7 * x1 + x8 * x2 + x5 * x3 + x6 * x4 - sigma,
        x1 * x57 - 2.0 * x3 * x5 * x7 + x2 * x68 - 2.0 * x4 * x6 * x8 - sigma,
        x3 * x57 - 2.0 * x1 * x5 * x7 + x4 * x68 - 2.0 * x2 * x6 * x8 - sigma,
        x1 * a + x3 * b + x2 * c + x4 * d - sigma,
        x3 * a - x1 * b + x4 * c - x2 * d - sigma,
    ]
}

/// The equilibrium of the combustion of propane in air at a pressure of 40, as the zero of this function of the eleven
/// amounts.
#[differentiable(jacobian = cross_country)]
pub fn propane_combustion(x: [f64; 11]) -> [f64; 11] {
    let [x1, x2, x3, x4, x5, x6, x7, x8, x9, x10, x11] = x;
    let p = 40.0;
    let r = 10.0;
    let q = (p / x11).sqrt();
    [
        x1 + x4 - 3.0,
        2.0 * x1 + x2 + x4 + x7 + x8 + x9 + 2.0 * x10 - r,
        2.0 * x2 + 2.0 * x5 + x6 + x7 - 8.0,
        2.0 * x3 + x9 - 4.0 * r,
        x2 * x4 - x1 * x5,
        (x2 * x4).sqrt() - x1.sqrt() * q * x6,
        (x1 * x2).sqrt() - x4.sqrt() * x7 * q,
        x1 - x4 * x8 * p / x11,
        x1 * x3.sqrt() - x4 * x9 * q,
        x1.powi(2) - x4.powi(2) * x10 * p / x11,
        x11 - x1 - x2 - x3 - x4 - x5 - x6 - x7 - x8 - x9 - x10,
    ]
}

/// The weighted error of a projection: a rotation vector, the centre of the camera, its focal length, principal point and
/// two radial terms; a point; the weight. `observed` is where the point was seen.
#[differentiable(jacobian = cross_country)]
pub fn reprojection(camera: [f64; 11], point: [f64; 3], weight: f64, #[no_diff] observed: [f64; 2]) -> [f64; 2] {
    let [rx, ry, rz, cx, cy, cz, focal, px, py, k1, k2] = camera;
    let x = point[0] - cx;
    let y = point[1] - cy;
    let z = point[2] - cz;

    // Rodrigues' rotation about a unit axis
    let theta = (rx * rx + ry * ry + rz * rz).sqrt();
    let sin = theta.sin();
    let cos = theta.cos();
    let inverse = 1.0 / theta;
    let wx = rx * inverse;
    let wy = ry * inverse;
    let wz = rz * inverse;
    let along = (wx * x + wy * y + wz * z) * (1.0 - cos);
    let xr = x * cos + (wy * z - wz * y) * sin + wx * along;
    let yr = y * cos + (wz * x - wx * z) * sin + wy * along;
    let zr = z * cos + (wx * y - wy * x) * sin + wz * along;

    let u = xr / zr;
    let v = yr / zr;
    let r2 = u * u + v * v;
    let radial = focal * (1.0 + r2 * (k1 + r2 * k2));
    [weight * (u * radial + px - observed[0]), weight * (v * radial + py - observed[1])]
}

/// Where the hand of an arm with six joints is: lengths in metres, as those of a common industrial robot.
#[differentiable(jacobian = cross_country)]
pub fn arm(q: [f64; 6]) -> [f64; 3] {
    let (d1, a2, a3, d4, d5, d6) = (0.0892, 0.425, 0.392, 0.1093, 0.09475, 0.0825);
    let (s1, c1) = (q[0].sin(), q[0].cos());
    let (s5, c5) = (q[4].sin(), q[4].cos());
    let q23 = q[1] + q[2];
    let q234 = q23 + q[3];
    let (s234, c234) = (q234.sin(), q234.cos());
    // in the plane of the upper arm, and across it
    let reach = a2 * q[1].cos() + a3 * q23.cos() + d5 * s234 - d6 * c234 * s5;
    let height = a2 * q[1].sin() + a3 * q23.sin() - d5 * c234 - d6 * s234 * s5;
    let side = d4 + d6 * c5;
    [c1 * reach + s1 * side, s1 * reach - c1 * side, d1 + height]
}
