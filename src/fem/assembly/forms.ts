import type { PointForm } from "./assemble.js";

/** ∫ ρ u v */
export function mass(density: (cell: number) => number): PointForm {
  return (values, q, cell, local) => {
    const n = values.nodes;
    const w = values.weight[q] * density(cell);
    for (let a = 0; a < n; a++) {
      const wa = w * values.value[q * n + a];
      for (let b = 0; b < n; b++) local[a * n + b] += wa * values.value[q * n + b];
    }
  };
}

/** ∫ k ∇u · ∇v */
export function diffusion(conductivity: (cell: number) => number): PointForm {
  return (values, q, cell, local) => {
    const { nodes: n, dimension, gradient: g } = values;
    const w = values.weight[q] * conductivity(cell);
    for (let a = 0; a < n; a++) {
      const i = (q * n + a) * dimension;
      for (let b = 0; b < n; b++) {
        const j = (q * n + b) * dimension;
        let along = g[i] * g[j];
        for (let c = 1; c < dimension; c++) along += g[i + c] * g[j + c];
        local[a * n + b] += w * along;
      }
    }
  };
}

/** An isotropic elastic solid; Lamé constants in Pa. */
export interface Elastic {
  readonly lambda: number;
  readonly mu: number;
}

/** Lamé constants from Young's modulus (Pa) and Poisson's ratio. */
export function elastic(youngModulus: number, poissonRatio: number): Elastic {
  return {
    lambda: (youngModulus * poissonRatio) / ((1 + poissonRatio) * (1 - 2 * poissonRatio)),
    mu: youngModulus / (2 * (1 + poissonRatio)),
  };
}

/** ∫ ε(v) : C : ε(u) over a section, ordered `[node][component]` on both sides. */
export function elasticity(material: (cell: number) => Elastic): PointForm {
  return (values, q, cell, local) => {
    const n = values.nodes;
    const w = values.weight[q];
    const { lambda, mu } = material(cell);
    const h = values.hoop[q];
    for (let a = 0; a < n; a++) {
      const ax = values.gradient[(q * n + a) * 2];
      const ay = values.gradient[(q * n + a) * 2 + 1];
      const ah = h * values.value[q * n + a];
      for (let b = 0; b < n; b++) {
        const bx = values.gradient[(q * n + b) * 2];
        const by = values.gradient[(q * n + b) * 2 + 1];
        const bh = h * values.value[q * n + b];
        const e = 4 * a * n + 2 * b;
        local[e] += w * (lambda * (ax + ah) * (bx + bh) + mu * (2 * (ax * bx + ah * bh) + ay * by));
        local[e + 1] += w * (lambda * (ax + ah) * by + mu * ay * bx);
        local[e + 2 * n] += w * (lambda * ay * (bx + bh) + mu * ax * by);
        local[e + 2 * n + 1] += w * (lambda * ay * by + mu * (2 * ay * by + ax * bx));
      }
    }
  };
}

/** ∫ ε(v) : C : I e over a section for an isotropic eigenstrain e: rows `[node][component]`, columns `[node]`. */
export function eigenstrainLoad(material: (cell: number) => Elastic): PointForm {
  return (values, q, cell, local) => {
    const n = values.nodes;
    const { lambda, mu } = material(cell);
    const w = values.weight[q] * (3 * lambda + 2 * mu);
    for (let a = 0; a < n; a++) {
      const x = values.gradient[(q * n + a) * 2] + values.hoop[q] * values.value[q * n + a];
      const y = values.gradient[(q * n + a) * 2 + 1];
      for (let b = 0; b < n; b++) {
        const wb = w * values.value[q * n + b];
        local[2 * a * n + b] += wb * x;
        local[(2 * a + 1) * n + b] += wb * y;
      }
    }
  };
}

/** ∫ ε₃₃(e₀) : C : ε(u) over the length L that e₀ is multiplied with, for a uniform e₀: `[node][component]`. */
export function axialCoupling(material: (cell: number) => Elastic, length: number): PointForm {
  return (values, q, cell, local) => {
    const n = values.nodes;
    const w = (values.weight[q] * material(cell).lambda) / length;
    for (let a = 0; a < 2 * n; a++) local[a] += w * values.gradient[q * n * 2 + a];
  };
}

/** ∫ ε₃₃(e₀) : C : ε₃₃(e₀) over L². */
export function axialStiffness(material: (cell: number) => Elastic, length: number): PointForm {
  return (values, q, cell, local) => {
    const { lambda, mu } = material(cell);
    local[0] += (values.weight[q] * (lambda + 2 * mu)) / (length * length);
  };
}

/** ∫ ε₃₃(e₀) : C : I e over L for an isotropic eigenstrain e: `[node]`. */
export function axialLoad(material: (cell: number) => Elastic, length: number): PointForm {
  return (values, q, cell, local) => {
    const n = values.nodes;
    const { lambda, mu } = material(cell);
    const w = (values.weight[q] * (3 * lambda + 2 * mu)) / length;
    for (let b = 0; b < n; b++) local[b] += w * values.value[q * n + b];
  };
}
