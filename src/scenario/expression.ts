import type { StoichiometryFunction } from "../fem/law/law.js";

/**
 * Formulas in one variable x, as BPX files hold them: numbers, x, + − * / ** (right-associative, above the sign),
 * parentheses, and the functions below. Nothing else is read, and nothing is ever executed as code.
 */

/** A value with its derivative with respect to x. */
interface Dual {
  readonly value: number;
  readonly slope: number;
}

type Evaluate = (x: number) => Dual;

type Rule = (value: number) => Dual;

const functions: Readonly<Record<string, Rule>> = {
  exp: (v) => ({ value: Math.exp(v), slope: Math.exp(v) }),
  log: (v) => ({ value: Math.log(v), slope: 1 / v }),
  log10: (v) => ({ value: Math.log10(v), slope: 1 / (v * Math.LN10) }),
  sqrt: (v) => ({ value: Math.sqrt(v), slope: 0.5 / Math.sqrt(v) }),
  sin: (v) => ({ value: Math.sin(v), slope: Math.cos(v) }),
  cos: (v) => ({ value: Math.cos(v), slope: -Math.sin(v) }),
  tan: (v) => ({ value: Math.tan(v), slope: 1 + Math.tan(v) ** 2 }),
  sinh: (v) => ({ value: Math.sinh(v), slope: Math.cosh(v) }),
  cosh: (v) => ({ value: Math.cosh(v), slope: Math.sinh(v) }),
  tanh: (v) => ({ value: Math.tanh(v), slope: 1 - Math.tanh(v) ** 2 }),
  abs: (v) => ({ value: Math.abs(v), slope: Math.sign(v) }),
};

/** Characters of a formula, and levels of parentheses in it. */
const longest = 20_000;
const deepest = 200;

/**
 * A formula in x = s with its exact derivative.
 * @throws SyntaxError saying what was found where, and what is allowed there.
 */
export function expressionFunction(
  text: string,
  validity: readonly [low: number, high: number],
): StoichiometryFunction {
  const evaluate = parse(text);
  return { value: (s) => evaluate(s).value, derivative: (s) => evaluate(s).slope, validity };
}

interface Token {
  readonly kind: "number" | "name" | "sign" | "end";
  readonly text: string;
  readonly at: number;
}

function tokens(text: string): Token[] {
  if (text.length > longest)
    throw new SyntaxError(`Reading a formula: found ${text.length} characters; allowed are ${longest}.`);
  const pattern = /\s*(?:((?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?)|([A-Za-z_]\w*)|(\*\*|[-+*/()]))/y;
  const found: Token[] = [];
  let at = 0;
  while (text.slice(at).trim() !== "") {
    pattern.lastIndex = at;
    const match = pattern.exec(text);
    if (!match)
      throw refused(text.slice(at).trim().slice(0, 10), at, "a number, x, a function, an operator or a parenthesis");
    const [whole, number, name, sign] = match;
    const kind = number !== undefined ? "number" : name !== undefined ? "name" : "sign";
    found.push({ kind, text: (number ?? name ?? sign)!, at: at + whole.length - (number ?? name ?? sign)!.length });
    at = pattern.lastIndex;
  }
  return [...found, { kind: "end", text: "the end", at: text.length }];
}

function refused(found: string, at: number, allowed: string): SyntaxError {
  return new SyntaxError(`Reading a formula: found ${found} at character ${at + 1}; allowed is ${allowed}.`);
}

/** Recursive descent: sum → product → signed → power → atom. */
function parse(text: string): Evaluate {
  const stream = tokens(text);
  let [position, depth] = [0, 0];
  const peek = () => stream[position]!;
  const take = (sign: string) => peek().kind === "sign" && peek().text === sign && ++position > 0;
  const expect = (sign: string) => {
    if (!take(sign)) throw refused(peek().text, peek().at, sign);
  };
  const sum = (): Evaluate => {
    let left = product();
    for (;;) {
      if (take("+")) left = plus(left, product());
      else if (take("-")) left = plus(left, times(constant(-1), product()));
      else return left;
    }
  };
  const product = (): Evaluate => {
    let left = signed();
    for (;;) {
      if (take("*")) left = times(left, signed());
      else if (take("/")) left = over(left, signed());
      else return left;
    }
  };
  const signed = (): Evaluate => {
    if (++depth > deepest) throw refused("too many levels", peek().at, `at most ${deepest}`);
    const result = take("-") ? times(constant(-1), signed()) : take("+") ? signed() : power();
    depth--;
    return result;
  };
  const power = (): Evaluate => {
    const base = atom();
    return take("**") ? raised(base, signed()) : base;
  };
  const atom = (): Evaluate => {
    const token = peek();
    if (take("(")) {
      const inner = sum();
      expect(")");
      return inner;
    }
    if (token.kind === "number" || token.kind === "name") position++;
    if (token.kind === "number") return constant(Number(token.text));
    if (token.kind === "name" && token.text === "x") return (x) => ({ value: x, slope: 1 });
    const rule = token.kind === "name" && Object.hasOwn(functions, token.text) ? functions[token.text] : undefined;
    if (!rule)
      throw refused(token.text, token.at, `a number, x, a parenthesis or one of ${Object.keys(functions).join(", ")}`);
    expect("(");
    const argument = sum();
    expect(")");
    return chained(rule, argument);
  };
  const whole = sum();
  if (peek().kind !== "end") throw refused(peek().text, peek().at, "an operator or the end");
  return whole;
}

function constant(value: number): Evaluate {
  const dual = { value, slope: 0 };
  return () => dual;
}

function plus(a: Evaluate, b: Evaluate): Evaluate {
  return (x) => {
    const [p, q] = [a(x), b(x)];
    return { value: p.value + q.value, slope: p.slope + q.slope };
  };
}

function times(a: Evaluate, b: Evaluate): Evaluate {
  return (x) => {
    const [p, q] = [a(x), b(x)];
    return { value: p.value * q.value, slope: p.slope * q.value + p.value * q.slope };
  };
}

function over(a: Evaluate, b: Evaluate): Evaluate {
  return (x) => {
    const [p, q] = [a(x), b(x)];
    return { value: p.value / q.value, slope: (p.slope * q.value - p.value * q.slope) / q.value ** 2 };
  };
}

function raised(a: Evaluate, b: Evaluate): Evaluate {
  return (x) => {
    const [p, q] = [a(x), b(x)];
    const value = p.value ** q.value;
    const byBase = p.slope === 0 ? 0 : q.value * p.value ** (q.value - 1) * p.slope;
    const byExponent = q.slope === 0 ? 0 : value * Math.log(p.value) * q.slope;
    return { value, slope: byBase + byExponent };
  };
}

function chained(rule: Rule, argument: Evaluate): Evaluate {
  return (x) => {
    const inner = argument(x);
    const outer = rule(inner.value);
    return { value: outer.value, slope: outer.slope * inner.slope };
  };
}
