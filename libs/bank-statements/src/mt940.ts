import { negated, type Money } from '#kernel';
import { amountAt, malformed } from './malformed.js';
import { detailsOf } from './mt940-details.js';
import { entryOf } from './mt940-entry.js';
import { mt940Decimal } from './mt940-values.js';
import { compact } from './statement-text.js';
import type { BankLine, ParsedStatement } from './statement.js';

/** One tag of a message: `:61:`, with the lines that follow it. */
interface Field {
  readonly tag: string;
  readonly value: string;
  readonly line: number;
}

const TAG = /^:(\d{2}[A-Z]?):(.*)$/u;
const BALANCE = /^([CD])(\d{6})([A-Z]{3})([\d,]+)$/u;

/** SWIFT MT940, with or without the blocks around it. Each page of a statement is told as a statement: it has balances of its own. */
export const mt940Statements = (text: string): ParsedStatement[] => {
  const messages: Field[][] = [];
  for (const field of fieldsOf(text)) {
    if (field.tag === '20') messages.push([]);
    messages.at(-1)?.push(field);
  }
  return messages.length > 0 ? messages.map(statementOf) : malformed('It has no “:20:”.');
};

const fieldsOf = (text: string): Field[] => {
  const fields: { tag: string; value: string; line: number }[] = [];
  text.split(/\r\n|\r|\n/u).forEach((raw, index) => {
    const line = withoutHeaders(raw);
    const [, tag, value] = TAG.exec(line) ?? [];
    if (tag !== undefined) fields.push({ tag, value: value!, line: index + 1 });
    else if (!/^-?\}|^-\s*$|^\{/u.test(line) && fields.length > 0 && line.trim() !== '')
      fields.at(-1)!.value += `\n${line}`;
  });
  return fields;
};

/** What stands on the line of the blocks around a message, behind the beginning of the fourth, which is the message. */
const withoutHeaders = (line: string): string => {
  const text = /^\{\d:/u.test(line) ? line.indexOf('{4:') : -1;
  return text < 0 ? line : line.slice(text + 3).trimStart();
};

const statementOf = (fields: readonly Field[]): ParsedStatement => {
  const valueOf = (...tags: string[]) => fields.find(({ tag }) => tags.includes(tag))?.value.trim();
  const number = valueOf('28C', '28');
  const reference =
    [valueOf('20'), number].filter(Boolean).join(' ') || malformed('A message has no reference (“:20:”).');
  const opening = balanceOf(fields.find(({ tag }) => tag === '60F' || tag === '60M'));
  const closing = balanceOf(fields.find(({ tag }) => tag === '62F' || tag === '62M'));
  if (opening === null || closing === null) return malformed(`Statement ${reference} has no “:60F:” or no “:62F:”.`);
  return {
    reference,
    account: accountOf(valueOf('25', '25P') ?? malformed(`Statement ${reference} names no account (“:25:”).`)),
    currency: opening.currency,
    opening,
    closing,
    bookings: linesOf(fields, opening.currency).map((whole) => ({ whole, parts: [] })),
  };
};

/** `:86:` tells of the `:61:` before it; one that follows the closing balance tells of the statement. */
const linesOf = (fields: readonly Field[], currency: string): BankLine[] =>
  fields.flatMap((field, index) => {
    if (field.tag !== '61') return [];
    const next = fields[index + 1];
    const entry = entryOf(field.value, currency, `Line ${field.line}`);
    if (entry === null) return [];
    const { supplement, ...booked } = entry;
    return [{ ...booked, ...detailsOf(next?.tag === '86' ? next.value : '', supplement, booked) }];
  });

const accountOf = (text: string): ParsedStatement['account'] => {
  const named = compact(text.split('\n')[0]!);
  const iban = /^(?:[A-Z0-9]{8,11}\/)?([A-Z]{2}\d{2}[A-Z0-9]{11,30}?)(?:[A-Z]{3})?$/u.exec(named)?.[1];
  return iban === undefined ? { number: named } : { iban };
};

const balanceOf = (field: Field | undefined): Money | null => {
  if (field === undefined) return null;
  const place = `Line ${field.line}`;
  const [, mark, , currency, amount] = BALANCE.exec(field.value.trim()) ?? malformed(`${place} is not a balance.`);
  const read = amountAt(place, mt940Decimal(amount!), currency!);
  return mark === 'D' ? negated(read) : read;
};
