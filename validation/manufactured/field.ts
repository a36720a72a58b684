/** A smooth scalar field with its derivatives at a point, from which strong-form sources are made. */
export interface Jet {
  readonly v: number;
  readonly x: number;
  readonly y: number;
  readonly xx: number;
  readonly xy: number;
  readonly yy: number;
}

export type Field = (x: number, y: number) => Jet;

/** A function of one coordinate: value, first and second derivative. */
export type Profile = (z: number) => readonly [number, number, number];

/** cos(k z + shift), k in 1/m */
export function cosine(k: number, shift = 0): Profile {
  return (z) => [Math.cos(k * z + shift), -k * Math.sin(k * z + shift), -k * k * Math.cos(k * z + shift)];
}

/** sin(k z + shift), k in 1/m */
export function sine(k: number, shift = 0): Profile {
  return cosine(k, shift - Math.PI / 2);
}

/** c0 + c1 z + c2 z² */
export function quadratic(c0: number, c1: number, c2: number): Profile {
  return (z) => [c0 + z * (c1 + z * c2), c1 + 2 * c2 * z, 2 * c2];
}

export const one: Profile = () => [1, 0, 0];

/** constant + amplitude · p(x) q(y) */
export function product(constant: number, amplitude: number, p: Profile, q: Profile): Field {
  return (x, y) => {
    const [p0, p1, p2] = p(x);
    const [q0, q1, q2] = q(y);
    const a = amplitude;
    return {
      v: constant + a * p0 * q0,
      x: a * p1 * q0,
      y: a * p0 * q1,
      xx: a * p2 * q0,
      xy: a * p1 * q1,
      yy: a * p0 * q2,
    };
  };
}

export const zero: Field = product(0, 0, one, one);
