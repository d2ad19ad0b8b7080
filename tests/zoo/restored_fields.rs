//! Structs and lists of them of which the reverse sweep brings back fields, and such of which that would be wrong or no gain.

use super::second_order::of_slice;
use crate::laws::flat::Components;
use chainrule::Differentiable;

#[derive(Differentiable, Clone, Copy, Debug)]
pub struct Body {
    pub place: [f64; 2],
    pub speed: [f64; 2],
    pub mass: f64,
}

#[derive(Differentiable, Clone, Debug)]
pub struct State {
    pub heat: Vec<f64>,
    pub flow: Vec<f64>,
    pub body: Body,
    pub steps: usize,
}

/// Cannot be copied.
#[derive(Differentiable, Debug)]
pub struct Single {
    pub left: Vec<f64>,
    pub right: f64,
}

impl Components for Body {
    fn append_to(&self, components: &mut Vec<f64>) {
        self.place.append_to(components);
        self.speed.append_to(components);
        self.mass.append_to(components);
    }
}

impl Components for State {
    fn append_to(&self, components: &mut Vec<f64>) {
        self.heat.append_to(components);
        self.flow.append_to(components);
        self.body.append_to(components);
    }
}

zoo! {
    // the places change once a step, after all pairs have read them; the speeds change for each pair
    pub fn bodies(start: &[Body], dt: f64) -> f64 {
        let mut bodies = start.to_vec();
        for _ in 0..2 {
            for i in 0..bodies.len() {
                for j in 0..bodies.len() {
                    if i != j {
                        let mut r2 = 0.1;
                        for k in 0..2 {
                            r2 += (bodies[j].place[k] - bodies[i].place[k]).powi(2);
                        }
                        let f = bodies[j].mass / (r2 * r2.sqrt());
                        for k in 0..2 {
                            bodies[i].speed[k] += dt * f * (bodies[j].place[k] - bodies[i].place[k]);
                        }
                    }
                }
            }
            for body in bodies.iter_mut() {
                for k in 0..2 {
                    body.place[k] += dt * body.speed[k] * body.mass;
                }
            }
        }
        bodies.iter().map(|b| b.place[0] * b.place[1] + b.speed[0]).sum()
    }

    #[options(order = 2)]
    pub fn second_order_of_fields(x: &[f64]) -> f64 {
        let mut bodies = vec![Body { place: [0.2, 0.3], speed: [0.1, 0.4], mass: 0.5 }; x.len()];
        let mut sum = 0.0;
        for i in 0..x.len() {
            bodies[i].place[0] = x[i];
            for j in 0..x.len() {
                let gap = bodies[j].place[0] - bodies[i].place[1];
                let pull = x[j] * bodies[j].mass;
                sum += gap * gap * pull * bodies[i].speed[0];
                bodies[i].speed[1] += gap * pull;
            }
            bodies[i].place[1] = sum.sin() * bodies[i].speed[1];
        }
        sum * bodies[1].place[1]
    }

    // a list takes what cannot be copied by a plain read
    pub fn repeated_states(x: &[f64]) -> f64 {
        let body = Body { place: [x[0], x[1]], speed: [0.3, x[2]], mass: 0.4 };
        let state = State { heat: vec![x[0], x[1]], flow: vec![0.3, x[2]], body, steps: 2 };
        let mut states = vec![state; 2];
        let mut sum = 0.0;
        for i in 0..2 {
            states[i].heat[0] *= x[i];
            for j in 0..2 {
                sum += states[j].heat[0] * states[i].flow[1] * states[j].body.place[0];
            }
            states[i].flow[1] = sum;
        }
        sum
    }

    // a field of a field, and one that is assigned as a whole
    pub fn state(start: &State, k: f64) -> f64 {
        let mut s = start.clone();
        let mut total = 0.0;
        for step in 0..start.steps {
            for i in 0..s.heat.len() {
                for j in 0..s.heat.len() {
                    total += s.heat[i] * s.heat[j] * s.body.place[j % 2] * s.flow[0];
                }
            }
            s.heat[step] *= k * total;
            s.body.place[0] += (total * s.body.mass).sin();
            s.body.speed = s.body.place;
            for i in 0..s.flow.len() {
                total += s.body.speed[i % 2] * s.flow[i] * s.body.speed[1];
            }
            s.flow = s.heat.iter().map(|h| h * k).collect();
        }
        total + s.flow[1]
    }

    // lists of pairs
    pub fn pairs(x: &[f64]) -> f64 {
        let mut pairs: Vec<(f64, f64)> = x.iter().map(|x| (*x, 2.0 * x)).collect();
        let mut sum = 0.0;
        for i in 0..x.len() {
            for j in 0..x.len() {
                sum += pairs[i].0 * pairs[j].0 * pairs[j].1;
            }
            pairs[i].0 = sum.sin() * pairs[i].1;
            pairs[i].1 *= x[0];
        }
        sum * pairs[1].0
    }

    // elements that move with all of their fields, or give way to others
    pub fn whole_elements(start: &[Body]) -> f64 {
        let mut bodies = start.to_vec();
        let mut sum = 0.0;
        for i in 0..bodies.len() {
            for j in 0..bodies.len() {
                sum += bodies[i].mass * bodies[j].mass * bodies[j].place[0];
            }
            bodies.swap(0, i);
            bodies[i].mass = sum.sin() * bodies[i].speed[0];
        }
        sum
    }

    pub fn replaced_elements(start: &[Body]) -> f64 {
        let mut bodies = start.to_vec();
        let mut sum = 0.0;
        for i in 0..bodies.len() {
            for j in 0..bodies.len() {
                sum += bodies[i].mass * bodies[j].mass * bodies[j].place[0];
            }
            bodies[i] = Body { place: [sum.sin(), 0.3], speed: bodies[0].speed, mass: bodies[i].mass * sum };
        }
        sum
    }

    // elements are also read with all of their fields
    #[plain]
    #[chainrule::differentiable]
    pub fn energy(body: &Body) -> f64 {
        body.mass * (body.speed[0] * body.speed[0] + body.speed[1] * body.speed[1])
    }

    pub fn lent_elements(start: &[Body]) -> f64 {
        let mut bodies = start.to_vec();
        let mut sum = 0.0;
        for i in 0..bodies.len() {
            for j in 0..bodies.len() {
                sum += bodies[i].place[0] * bodies[j].place[0] * bodies[j].place[1];
                sum += energy(&bodies[j]) * bodies[i].place[1];
                bodies[j].speed[0] += 0.1 * sum;
            }
            bodies[i].place[0] = sum.sin();
        }
        sum
    }

    // elements move within one field, and fields are exchanged
    pub fn moved_fields(start: &State) -> f64 {
        let mut s = start.clone();
        let mut sum = 0.0;
        for i in 0..2 {
            for j in 0..s.heat.len() {
                for k in 0..s.heat.len() {
                    sum += s.heat[i] * s.heat[j] * s.heat[k] + s.flow[i] * s.flow[j] * s.flow[k];
                }
            }
            s.heat.swap(i, 2);
            s.heat[i] += sum.sin();
            s.flow[0] *= sum.cos();
        }
        sum * s.heat[0]
    }

    pub fn exchanged_fields(start: &State) -> f64 {
        let mut s = start.clone();
        let mut sum = 0.0;
        for i in 0..2 {
            for j in 0..s.heat.len() {
                for k in 0..s.heat.len() {
                    sum += s.heat[i] * s.heat[j] * s.heat[k];
                }
            }
            s.heat[i] += sum.sin();
            std::mem::swap(&mut s.heat, &mut s.flow);
        }
        sum * s.heat[0] * s.flow[1]
    }

    pub fn exchanged_elements(start: &State) -> f64 {
        let mut s = start.clone();
        let mut sum = 0.0;
        for i in 0..2 {
            for j in 0..s.heat.len() {
                for k in 0..s.heat.len() {
                    sum += s.heat[i] * s.heat[j] * s.heat[k];
                }
            }
            s.heat[i] += sum.sin();
            s.heat.swap_with_slice(&mut s.flow);
        }
        sum * s.heat[0] * s.flow[1]
    }

    // .. with another struct, and with a list
    pub fn exchanged_with_others(start: &State, x: &[f64]) -> f64 {
        let mut s = start.clone();
        let mut other = start.clone();
        let mut x = x.to_vec();
        let mut sum = 0.0;
        for i in 0..2 {
            for j in 0..s.heat.len() {
                for k in 0..s.heat.len() {
                    sum += s.heat[i] * s.heat[j] * s.heat[k] * x[j] * other.heat[k] * s.flow[j];
                }
            }
            s.heat[i] += sum.sin();
            x[1] *= 0.5 * sum;
            s.body.mass *= sum;
            std::mem::swap(&mut s.heat, &mut other.heat);
            std::mem::swap(&mut s.flow, &mut x);
        }
        sum * s.heat[0] * s.flow[1]
    }

    // a field that grows
    pub fn growing_field(start: &State) -> f64 {
        let mut s = start.clone();
        let mut sum = 0.0;
        for i in 0..2 {
            for j in 0..s.heat.len() {
                for k in 0..s.flow.len() {
                    sum += s.heat[i] * s.heat[j] * s.flow[k] * s.flow[j % 3];
                }
            }
            s.flow.push(sum.cos());
            s.heat[i] += sum.sin();
        }
        sum * s.heat[0]
    }

    // values that cannot be copied
    pub fn single(x: &[f64]) -> f64 {
        let mut s = Single { left: x.to_vec(), right: 0.7 };
        let mut sum = 0.0;
        for i in 0..x.len() {
            for j in 0..x.len() {
                sum += s.left[i] * s.left[j] * s.right;
            }
            s.left[i] = sum.sin();
            s.right *= sum;
        }
        sum
    }

    pub fn singles(x: &[f64]) -> f64 {
        let mut list: Vec<Single> = x.iter().map(|x| Single { left: vec![*x, 0.5], right: *x }).collect();
        let mut sum = 0.0;
        for i in 0..x.len() {
            for j in 0..x.len() {
                sum += list[i].left[0] * list[j].left[1] * list[j].right;
            }
            list[i].left[1] = sum.sin();
            list[i].right *= sum;
        }
        sum
    }

    // operators on what the macro does not know, of which the operands change before the reverse sweep reads them
    pub fn changed_operands(start: &[Body], dt: f64) -> f64 {
        let mut bodies = start.to_vec();
        let mut sum = 0.0;
        for i in 0..bodies.len() {
            for j in 0..bodies.len() {
                let gap = bodies[i].mass - bodies[j].mass;
                let pull = dt * bodies[j].mass;
                let part = bodies[i].speed[0] / (1.5 + dt);
                bodies[j].mass = gap * pull + part * part;
                sum += gap * gap * part * bodies[i].mass;
            }
        }
        sum
    }

    // .. or the indices of which
    pub fn changed_locals(start: &[Body], dt: f64) -> f64 {
        let mut bodies = start.to_vec();
        let mut sum = 0.0;
        for i in 0..bodies.len() {
            let mut own = bodies[i].mass;
            let mut at = i;
            for j in 0..bodies.len() {
                let gap = own - bodies[(at + 1) % 3].mass;
                at = (at + 2) % 3;
                own = gap * dt + own;
                sum += gap * gap * bodies[j].place[0] * bodies[i].place[0];
            }
            bodies[i].place[0] = sum.sin() * own;
        }
        sum
    }
}

fn start() -> Vec<Body> {
    let body = |a: f64| Body { place: [a, 0.4 - a * a], speed: [0.3, -a], mass: 0.5 + a };
    vec![body(0.3), body(-0.2), body(0.9)]
}

fn a_state() -> State {
    State { heat: vec![0.4, -0.7, 0.5], flow: vec![0.8, 0.2, -0.3], body: start()[0], steps: 2 }
}

const POINTS: [f64; 6] = [0.3, -0.8, 1.1, 0.6, 0.9, -0.4];

#[test]
fn products_with_the_hessian() {
    use simplified::second_order_of_fields;
    of_slice!(second_order_of_fields, POINTS[..3]);
}

#[test]
fn restored_fields() {
    laws!(bodies(start: &start(), dt: 0.2));
    laws!(state(start: &a_state(), k: 0.7));
    laws!(second_order_of_fields(x: &POINTS[..3].to_vec()));
    laws!(repeated_states(x: &POINTS[..3].to_vec()));
    laws!(pairs(x: &vec![0.3, -0.8, 1.1]));
    laws!(moved_fields(start: &a_state()));
}

#[test]
fn fields_together() {
    laws!(whole_elements(start: &start()));
    laws!(replaced_elements(start: &start()));
    laws!(lent_elements(start: &start()));
    laws!(exchanged_fields(start: &a_state()));
    laws!(exchanged_elements(start: &a_state()));
    laws!(exchanged_with_others(start: &a_state(), x: &vec![0.9, 0.1, -0.4]));
    laws!(growing_field(start: &a_state()));
    laws!(single(x: &vec![0.3, -0.8, 1.1]));
    laws!(singles(x: &vec![0.3, -0.8, 1.1]));
    laws!(changed_locals(start: &start(), dt: 0.3));
    laws!(changed_operands(start: &start(), dt: 0.3));
}
