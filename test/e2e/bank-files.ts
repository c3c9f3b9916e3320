/** An entry of a file: amounts as decimals, what goes out below zero. */
interface Line {
  readonly amount: string;
  readonly text: string;
  readonly name?: string;
  readonly iban?: string;
  readonly reference?: string;
}

interface Frame {
  readonly iban: string;
  readonly currency?: string;
  /** `YYYY-MM-DD`. */
  readonly day?: string;
  /** How far the closing balance is off. */
  readonly error?: number;
  readonly number?: string;
}

const yesterday = (): string => new Date(Date.now() - 86_400_000).toISOString().slice(0, 10);
const cents = (amount: string): number => Math.round(Number(amount) * 100);
const decimal = (minor: number): string => `${Math.floor(minor / 100)},${String(minor % 100).padStart(2, '0')}`;

/** A statement as a bank sends it (MT940), of 1000.00 and its entries. */
export const bankFile = (
  { iban, currency = 'USD', day = yesterday(), error = 0, number = '1' }: Frame,
  lines: readonly Line[],
): string => {
  const on = day.slice(2).replaceAll('-', '');
  const closing = lines.reduce((sum, { amount }) => sum + cents(amount), 100_000) + error;
  return [
    ':20:STATEMENT',
    `:25:${iban}`,
    `:28C:${number}`,
    `:60F:C${on}${currency}1000,00`,
    ...lines.flatMap(({ amount, text, name, iban: from, reference = 'NONREF' }) => [
      `:61:${on}${on.slice(2)}${amount.startsWith('-') ? 'D' : 'C'}${decimal(Math.abs(cents(amount)))}NTRFNONREF//${reference}`,
      `:86:166?20SVWZ+${text}${from === undefined ? '' : `?31${from}`}${name === undefined ? '' : `?32${name}`}`,
    ]),
    `:62F:C${on}${currency}${decimal(closing)}`,
    '-',
    '',
  ].join('\r\n');
};
