import type { Money } from '#kernel';
import { amountAt } from './malformed.js';
import { mt940Decimal } from './mt940-values.js';
import { compact } from './statement-text.js';
import type { BankLine, Counterparty } from './statement.js';

type Told = Pick<
  BankLine,
  'endToEndId' | 'mandateId' | 'references' | 'text' | 'counterparty' | 'returnReason' | 'charges'
>;

/** Transaction codes of the German banks by which a direct debit or a credit transfer comes back. */
const RETURN_CODES = new Set(['108', '109', '159', '181', '183', '184']);
/** What SEPA knows of a payment, by the words before it in the German and in the Dutch way. */
const WORDS = '(EREF|KREF|MREF|CRED|DEBT|SVWZ|ABWA|ABWE|IBAN|BIC|RREF|RTRN)\\+';
const KEYWORD = new RegExp(`(?<![A-Z])${WORDS}`, 'gu');
const BEGINS_WITH_KEYWORD = new RegExp(`^${WORDS}`, 'u');
const SLASHED = /\/(EREF|MARF|REMI|NAME|IBAN|RTRN|CSID|BIC|TRTP|ORDP|BENM|PREF|NRTX|PURP|ULTD|ULTB|ISDT)\//gu;
const CHARGES = /\/CHGS\/([A-Z]{3})(\d+,\d*)/u;

/** `:86:`: by numbered subfields (`?20…`), by slashed words (`/REMI/…`), or as a text. */
export const detailsOf = (field: string, supplement: string, { amount }: Pick<BankLine, 'amount'>): Told => {
  const text = field.replaceAll('\n', '');
  const told = /^\d{3}\?/u.test(text) ? numbered(text) : text.search(SLASHED) < 0 ? plain(field) : slashed(text);
  const charges = chargesOf(`${supplement}\n${field}`, amount);
  return charges === undefined ? told : { ...told, charges };
};

const numbered = (text: string): Told => {
  const fields = new Map([...text.matchAll(/\?(\d{2})([^?]*)/gu)].map(([, key, value]) => [Number(key), value!]));
  const texts = (...keys: number[]) => keys.map((key) => fields.get(key) ?? '');
  // A word that begins a subfield has nothing before it, also where the value of the word before ends with a letter.
  const purpose = texts(20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 60, 61, 62, 63)
    .map((part) => (BEGINS_WITH_KEYWORD.test(part) ? `\n${part}` : part))
    .join('');
  const name = texts(32, 33).join('').trim();
  const words = wordsOf(purpose, KEYWORD);
  const code = text.slice(0, 3);
  const reason = fields.get(34)?.trim();
  return toldBy(words, words.get('SVWZ') ?? words.get('') ?? '', {
    name,
    iban: fields.get(31) ?? words.get('IBAN'),
    returnReason: RETURN_CODES.has(code) ? reason || words.get('RTRN') || code : words.get('RTRN'),
  });
};

const slashed = (text: string): Told => {
  const words = wordsOf(text, SLASHED);
  const remittance = (words.get('REMI') ?? words.get('') ?? '').replace(/^(?:USTD|STRD)\/\//u, '').replace(/^\/+/u, '');
  const returnReason = words.get('RTRN')?.split('/')[0];
  return toldBy(words, withoutSlashes(remittance), { name: words.get('NAME'), iban: words.get('IBAN'), returnReason });
};

const plain = (field: string): Told => ({ references: [], text: field.replaceAll('\n', ' ').trim(), counterparty: {} });

/** At the end. Looked for where a row of them begins alone: not at each of them anew. */
const withoutSlashes = (text: string): string => text.replace(/(?<!\/)\/+$/u, '');

/** Texts by the word that stands before them; under '' what stands before the first. */
const wordsOf = (text: string, keyword: RegExp): Map<string, string> => {
  const marks = [...text.matchAll(keyword)];
  const words = new Map([['', text.slice(0, marks[0]?.index ?? text.length).trim()]]);
  marks.forEach((mark, index) => {
    const value = text.slice(mark.index + mark[0].length, marks[index + 1]?.index ?? text.length).trim();
    if (!words.has(mark[1]!)) words.set(mark[1]!, withoutSlashes(value));
  });
  return words;
};

interface Parties {
  readonly name: string | undefined;
  readonly iban: string | undefined;
  readonly returnReason: string | undefined;
}

const toldBy = (words: ReadonlyMap<string, string>, text: string, { name, iban, returnReason }: Parties): Told => {
  const endToEndId = words.get('EREF');
  const mandateId = words.get('MREF') ?? words.get('MARF');
  const account = compact(iban ?? '');
  const counterparty: Counterparty = {
    ...(name ? { name } : {}),
    ...(/^[A-Z]{2}\d{2}/u.test(account) ? { iban: account } : {}),
  };
  return {
    references: [],
    text,
    counterparty,
    ...(endToEndId && endToEndId !== 'NOTPROVIDED' ? { endToEndId } : {}),
    ...(mandateId ? { mandateId } : {}),
    ...(returnReason ? { returnReason } : {}),
  };
};

const chargesOf = (text: string, { currency }: Money): Money | undefined => {
  const [, told, amount] = CHARGES.exec(text) ?? [];
  if (told === undefined || told !== currency) return undefined;
  const charges = amountAt('Charges', mt940Decimal(amount!), currency);
  return charges.minor > 0n ? charges : undefined;
};
