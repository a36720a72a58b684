import { cos, cosh, exp, log, log10, pow, sin, sinh, square, tan, tanh } from "../../elementary/elementary.js";
import type { StoichiometryFunction } from "../../fem/law/law.js";

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
  exp: (v) => ({ value: exp(v), slope: exp(v) }),
  log: (v) => ({ value: log(v), slope: 1 / v }),
  log10: (v) => ({ value: log10(v), slope: 1 / (v * Math.LN10) }),
  sqrt: (v) => ({ value: Math.sqrt(v), slope: 0.5 / Math.sqrt(v) }),
  sin: (v) => ({ value: sin(v), slope: cos(v) }),
  cos: (v) => ({ value: cos(v), slope: -sin(v) }),
  tan: (v) => ({ value: tan(v), slope: 1 + square(tan(v)) }),
  sinh: (v) => ({ value: sinh(v), slope: cosh(v) }),
  cosh: (v) => ({ value: cosh(v), slope: sinh(v) }),
  tanh: (v) => ({ value: tanh(v), slope: 1 - square(tanh(v)) }),
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
    found.push({ kind, text: number ?? name ?? sign, at: at + whole.length - (number ?? name ?? sign).length });
    at = pattern.lastIndex;
  }
  return [...found, { kind: "end", text: "the end", at: text.length }];
}

function refused(found: string, at: number, allowed: string): SyntaxError {
  return new SyntaxError(`Reading a formula: found ${found} at character ${at + 1}; allowed is ${allowed}.`);
}

/** Tokens being read. */
interface Stream {
  readonly tokens: readonly Token[];
  position: number;
  depth: number;
}

/** Recursive descent: sum → product → signed → power → atom. */
function parse(text: string): Evaluate {
  const stream: Stream = { tokens: tokens(text), position: 0, depth: 0 };
  const whole = sum(stream);
  const rest = peek(stream);
  if (rest.kind !== "end") throw refused(rest.text, rest.at, "an operator or the end");
  return whole;
}

function peek({ tokens, position }: Stream): Token {
  return tokens[position];
}

/** Goes past a sign if it is the next token. */
function take(stream: Stream, sign: string): boolean {
  const { kind, text } = peek(stream);
  if (kind !== "sign" || text !== sign) return false;
  stream.position++;
  return true;
}

function expect(stream: Stream, sign: string): void {
  if (!take(stream, sign)) throw refused(peek(stream).text, peek(stream).at, sign);
}

function sum(stream: Stream): Evaluate {
  let left = product(stream);
  for (;;) {
    if (take(stream, "+")) left = plus(left, product(stream));
    else if (take(stream, "-")) left = plus(left, times(constant(-1), product(stream)));
    else return left;
  }
}

function product(stream: Stream): Evaluate {
  let left = signed(stream);
  for (;;) {
    if (take(stream, "*")) left = times(left, signed(stream));
    else if (take(stream, "/")) left = over(left, signed(stream));
    else return left;
  }
}

function signed(stream: Stream): Evaluate {
  if (++stream.depth > deepest) throw refused("too many levels", peek(stream).at, `at most ${deepest}`);
  const result = take(stream, "-")
    ? times(constant(-1), signed(stream))
    : take(stream, "+")
      ? signed(stream)
      : power(stream);
  stream.depth--;
  return result;
}

function power(stream: Stream): Evaluate {
  const base = atom(stream);
  return take(stream, "**") ? raised(base, signed(stream)) : base;
}

function atom(stream: Stream): Evaluate {
  const { kind, text, at } = peek(stream);
  if (take(stream, "(")) return closed(stream);
  if (kind === "number" || kind === "name") stream.position++;
  if (kind === "number") return constant(Number(text));
  if (kind === "name" && text === "x") return (x) => ({ value: x, slope: 1 });
  const rule = kind === "name" && Object.hasOwn(functions, text) ? functions[text] : undefined;
  if (!rule) throw refused(text, at, `a number, x, a parenthesis or one of ${Object.keys(functions).join(", ")}`);
  expect(stream, "(");
  return chained(rule, closed(stream));
}

/** What stands before a closing parenthesis. */
function closed(stream: Stream): Evaluate {
  const inner = sum(stream);
  expect(stream, ")");
  return inner;
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
    return { value: p.value / q.value, slope: (p.slope * q.value - p.value * q.slope) / (q.value * q.value) };
  };
}

function raised(a: Evaluate, b: Evaluate): Evaluate {
  return (x) => {
    const [p, q] = [a(x), b(x)];
    const value = pow(p.value, q.value);
    const byBase = p.slope === 0 ? 0 : q.value * pow(p.value, q.value - 1) * p.slope;
    const byExponent = q.slope === 0 ? 0 : value * log(p.value) * q.slope;
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
