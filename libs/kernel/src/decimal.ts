import { refuse } from './domain-error.js';
import { roundedQuotient, type Rounding } from './rounding.js';

const INTEGER_DIGITS_MAX = 38;
const FRACTION_DIGITS_MAX = 24;
const ZERO = 48;
const PATTERN = /^-?(?:0|[1-9]\d*)(?:\.\d+)?$/;

const powers: bigint[] = [1n];

/** 10ⁿ, remembered. */
export const powerOfTen = (exponent: number): bigint => {
  for (let next = powers.length; next <= exponent; next++) powers.push(powers[next - 1]! * 10n);
  return powers[exponent]!;
};

/** Whether the text is a plain decimal (no exponent, sign only in front, no leading zeros) that Recount can hold. */
export const isDecimal = (text: unknown): text is string => {
  if (typeof text !== 'string' || text.length > INTEGER_DIGITS_MAX + FRACTION_DIGITS_MAX + 2 || !PATTERN.test(text)) {
    return false;
  }
  const point = text.indexOf('.');
  const integerDigits = (point < 0 ? text.length : point) - (text.startsWith('-') ? 1 : 0);
  return integerDigits <= INTEGER_DIGITS_MAX && (point < 0 || text.length - point - 1 <= FRACTION_DIGITS_MAX);
};

/**
 * An exact decimal: `coefficient × 10^-scale`. Sums and products never round; whoever divides names the rounding.
 * On bigint because decimal libraries are 20 to 40 times slower than rating can afford (ADR 0006).
 */
export class Decimal {
  static readonly zero = new Decimal(0n, 0);
  static readonly one = new Decimal(1n, 0);

  #text: string | undefined;

  constructor(
    readonly coefficient: bigint,
    readonly scale: number,
  ) {}

  /** @throws DomainError `invalid_decimal` */
  static parse(text: string): Decimal {
    if (!isDecimal(text)) return refuse('invalid_decimal', `“${String(text).slice(0, 64)}” is not a plain decimal.`);
    const point = text.indexOf('.');
    return point < 0
      ? new Decimal(BigInt(text), 0)
      : new Decimal(BigInt(text.slice(0, point) + text.slice(point + 1)), text.length - point - 1);
  }

  static of(integer: bigint | number): Decimal {
    return new Decimal(BigInt(integer), 0);
  }

  plus(other: Decimal): Decimal {
    if (this.scale === other.scale) return new Decimal(this.coefficient + other.coefficient, this.scale);
    return this.scale > other.scale
      ? new Decimal(this.coefficient + other.coefficientAt(this.scale), this.scale)
      : new Decimal(this.coefficientAt(other.scale) + other.coefficient, other.scale);
  }

  minus(other: Decimal): Decimal {
    return this.plus(other.negated());
  }

  times(other: Decimal): Decimal {
    return new Decimal(this.coefficient * other.coefficient, this.scale + other.scale);
  }

  negated(): Decimal {
    return new Decimal(-this.coefficient, this.scale);
  }

  compare(other: Decimal): -1 | 0 | 1 {
    const scale = Math.max(this.scale, other.scale);
    const left = this.coefficientAt(scale);
    const right = other.coefficientAt(scale);
    return left < right ? -1 : left > right ? 1 : 0;
  }

  equals(other: Decimal): boolean {
    return this.compare(other) === 0;
  }

  get isZero(): boolean {
    return this.coefficient === 0n;
  }

  get isNegative(): boolean {
    return this.coefficient < 0n;
  }

  /** Whole times that `size` goes into this, rounded as named. */
  dividedToInteger(size: Decimal, rounding: Rounding): bigint {
    const scale = Math.max(this.scale, size.scale);
    return roundedQuotient(this.coefficientAt(scale), size.coefficientAt(scale), rounding);
  }

  /** Rounded to `digits` after the point; a negative number rounds to tens, hundreds, … */
  rounded(digits: number, rounding: Rounding): Decimal {
    if (this.scale <= digits) return this;
    const quotient = roundedQuotient(this.coefficient, powerOfTen(this.scale - digits), rounding);
    return digits >= 0 ? new Decimal(quotient, digits) : new Decimal(quotient * powerOfTen(-digits), 0);
  }

  /** The coefficient that this value has at a larger (or its own) scale. */
  coefficientAt(scale: number): bigint {
    return scale === this.scale ? this.coefficient : this.coefficient * powerOfTen(scale - this.scale);
  }

  /** Canonical: no exponent, no trailing zeros, no negative zero. Remembered: prices are written out with every line. */
  toString(): string {
    return (this.#text ??= this.scale === 0 ? this.coefficient.toString() : this.fractional());
  }

  private fractional(): string {
    const negative = this.coefficient < 0n;
    const digits = (negative ? -this.coefficient : this.coefficient).toString().padStart(this.scale + 1, '0');
    const point = digits.length - this.scale;
    let end = digits.length;
    while (end > point && digits.charCodeAt(end - 1) === ZERO) end -= 1;
    const text = end === point ? digits.slice(0, point) : `${digits.slice(0, point)}.${digits.slice(point, end)}`;
    return negative ? `-${text}` : text;
  }

  toJSON(): string {
    return this.toString();
  }
}

export const minDecimal = (left: Decimal, right: Decimal): Decimal => (left.compare(right) <= 0 ? left : right);
export const maxDecimal = (left: Decimal, right: Decimal): Decimal => (left.compare(right) >= 0 ? left : right);
