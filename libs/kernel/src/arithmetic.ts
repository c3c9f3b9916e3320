import { Decimal, isDecimal } from './decimal.js';
import { decimalOfFraction, dividedFraction, fractionOf } from './fraction.js';
import { refuse } from './domain-error.js';

export type ArithmeticOperator = '+' | '-' | '*' | '/';

/** Arithmetic over named numbers: what is to be computed, never code that is run. */
export type Arithmetic =
  | { readonly kind: 'number'; readonly value: string }
  | { readonly kind: 'name'; readonly name: string }
  | {
      readonly kind: 'operation';
      readonly operator: ArithmeticOperator;
      readonly left: Arithmetic;
      readonly right: Arithmetic;
    };

/** Digits behind the point of a quotient, half away from zero. */
export const QUOTIENT_DIGITS = 18;

const CHARACTERS_MAX = 256;
const TOKENS_MAX = 64;
const DEPTH_MAX = 16;

/** Names of letters, digits, `_`, `.` and `$` stand as they are, others in double quotes. */
const TOKEN = /\s*(?:(\d+(?:\.\d+)?)|([\p{L}_$][\p{L}\p{N}_.$]*)|"([^"]+)"|([-+*/()×÷−]))/uy;

const SYNONYMS: Readonly<Record<string, string>> = { '×': '*', '÷': '/', '−': '-' };

type Token =
  { readonly kind: 'number' | 'name'; readonly text: string } | { readonly kind: 'sign'; readonly text: string };

/**
 * Reads `input - cached`, `gigabytes × hours`, `(a + b) / 2`: four operators with their usual ranks, parentheses, a sign in front.
 * @throws DomainError `invalid_expression`
 */
export const parseArithmetic = (text: string): Arithmetic => {
  const tokens = tokensOf(text);
  let place = 0;
  const peek = (signs: string): boolean => {
    const token = tokens[place];
    return token?.kind === 'sign' && signs.includes(token.text);
  };
  const take = (): Token => tokens[place++] ?? invalid('It ends where a number or a name is expected.');

  const sum = (depth: number): Arithmetic => {
    let left = product(depth);
    while (peek('+-')) left = operation(take().text, left, product(depth));
    return left;
  };
  const product = (depth: number): Arithmetic => {
    let left = factor(depth);
    while (peek('*/')) left = operation(take().text, left, factor(depth));
    return left;
  };
  const factor = (depth: number): Arithmetic => {
    if (depth > DEPTH_MAX) return invalid(`It is nested more than ${DEPTH_MAX} levels deep.`);
    const token = take();
    if (token.kind === 'number') return { kind: 'number', value: token.text };
    if (token.kind === 'name') return { kind: 'name', name: token.text };
    if (token.text === '-') return operation('-', ZERO, factor(depth + 1));
    if (token.text !== '(') return invalid(`“${token.text}” stands where a number or a name is expected.`);
    const inner = sum(depth + 1);
    if (!peek(')')) return invalid('A parenthesis is not closed.');
    place += 1;
    return inner;
  };

  const whole = sum(1);
  return place === tokens.length ? whole : invalid(`“${tokens[place]!.text}” stands where an operator is expected.`);
};

const ZERO: Arithmetic = { kind: 'number', value: '0' };

const operation = (operator: string, left: Arithmetic, right: Arithmetic): Arithmetic => ({
  kind: 'operation',
  operator: operator as ArithmeticOperator,
  left,
  right,
});

const tokensOf = (text: string): Token[] => {
  if (text.length > CHARACTERS_MAX) return invalid(`It has more than ${CHARACTERS_MAX} characters.`);
  const tokens: Token[] = [];
  const end = text.trimEnd().length;
  for (TOKEN.lastIndex = 0; TOKEN.lastIndex < end;) {
    const from = TOKEN.lastIndex;
    const found = TOKEN.exec(text);
    if (!found) return invalid(`“${text.slice(from, from + 16)}” cannot be read.`);
    const [, number, name, quoted, sign] = found;
    if (number !== undefined && !isDecimal(number)) return invalid(`“${found[0].trim()}” is not a plain decimal.`);
    if (sign !== undefined) tokens.push({ kind: 'sign', text: SYNONYMS[sign] ?? sign });
    else tokens.push({ kind: number === undefined ? 'name' : 'number', text: (number ?? name ?? quoted)! });
  }
  if (tokens.length > TOKENS_MAX) return invalid(`It has more than ${TOKENS_MAX} parts.`);
  return tokens;
};

const invalid = (why: string): never => refuse('invalid_expression', `This is no arithmetic expression: ${why}`);

/** Each name once, in the order in which they come. */
export const namesIn = (expression: Arithmetic): string[] => {
  switch (expression.kind) {
    case 'number':
      return [];
    case 'name':
      return [expression.name];
    case 'operation':
      return [...new Set([...namesIn(expression.left), ...namesIn(expression.right)])];
  }
};

/** Exact but for quotients. Null where a name has no number, or something is divided by zero. */
export const computed = (expression: Arithmetic, numberOf: (name: string) => Decimal | null): Decimal | null => {
  switch (expression.kind) {
    case 'number':
      return Decimal.parse(expression.value);
    case 'name':
      return numberOf(expression.name);
    case 'operation': {
      const left = computed(expression.left, numberOf);
      const right = computed(expression.right, numberOf);
      return left === null || right === null ? null : operated(expression.operator, left, right);
    }
  }
};

const operated = (operator: ArithmeticOperator, left: Decimal, right: Decimal): Decimal | null => {
  switch (operator) {
    case '+':
      return left.plus(right);
    case '-':
      return left.minus(right);
    case '*':
      return left.times(right);
    case '/':
      return right.isZero
        ? null
        : decimalOfFraction(dividedFraction(fractionOf(left), fractionOf(right)), QUOTIENT_DIGITS, 'half_up');
  }
};
