import { money, negated, plus, sum, type Money } from '#kernel';
import { amountIn, dayIn, directionOf, signed, signedAt } from './camt-values.js';
import { saidOf } from './camt-remittance.js';
import { malformed } from './malformed.js';
import type { BankLine, Booking } from './statement.js';
import { allAt, at, textAt, type XmlNode } from './xml.js';

/** What the bank booked: in one sum for several payments, where it did, with the payments as far as they are told. */
export const bookingOf = (entry: XmlNode, place: string): Booking => {
  const details = allAt(entry, 'NtryDtls', 'TxDtls');
  const booked = bookedOf(entry, place);
  const only = details.length === 1 ? details[0] : undefined;
  const charges = chargesOf(only, place) ?? chargesOf(entry, place);
  const payments = Math.max(details.length, paymentsIn(entry));
  const whole: BankLine = {
    ...booked,
    ...saidOf(only ?? {}, entry, booked),
    ...(charges === undefined ? {} : { charges }),
    ...(payments > 1 ? { payments } : {}),
  };
  return { whole, parts: details.length > 1 ? partsOf(details, entry, booked, place) : [] };
};

type Booked = Pick<BankLine, 'amount' | 'bookedOn' | 'valueOn' | 'reversal' | 'bankReference'>;

const bookedOf = (entry: XmlNode, place: string): Booked => {
  const valueOn = dayIn(at(entry, 'ValDt'), place);
  const bankReference = textAt(entry, 'AcctSvcrRef');
  return {
    amount: signedAt(entry, place) ?? malformed(`${place} has no amount.`),
    bookedOn: dayIn(at(entry, 'BookgDt'), place) ?? valueOn ?? malformed(`${place} has no day.`),
    ...(valueOn === undefined ? {} : { valueOn }),
    reversal: textAt(entry, 'RvslInd') === 'true' || textAt(entry, 'RvslInd') === '1',
    ...(bankReference === undefined ? {} : { bankReference }),
  };
};

const paymentsIn = (entry: XmlNode): number => {
  const told = allAt(entry, 'NtryDtls', 'Btch').map((batch) => Number(textAt(batch, 'NbOfTxs') ?? 0));
  const all = told.reduce((left, right) => left + right, 0);
  return Number.isSafeInteger(all) ? all : 0;
};

/** None unless they are the booking, to the cent; charges that were taken off the sum are a part of their own. */
const partsOf = (details: readonly XmlNode[], entry: XmlNode, booked: Booked, place: string): BankLine[] => {
  const { currency } = booked.amount;
  const amounts = details.map((detail) => partAmount(detail, entry, place));
  if (amounts.some((amount) => amount?.currency !== currency)) return [];
  const rest = money(booked.amount.minor - sum(amounts as Money[], currency).minor, currency);
  const kept = chargesOf(entry, place);
  if (rest.minor !== 0n && (kept === undefined || rest.minor !== -kept.minor)) return [];
  const parts = details.map((detail, index) => partOf(detail, amounts[index]!, entry, booked, place));
  if (rest.minor === 0n) return parts;
  return [...parts, { ...booked, amount: rest, references: [], text: 'Charges', counterparty: {} }];
};

const partOf = (detail: XmlNode, amount: Money, entry: XmlNode, booked: Booked, place: string): BankLine => {
  const charges = chargesOf(detail, place);
  const own =
    textAt(detail, 'Refs', 'AcctSvcrRef') ?? textAt(detail, 'Refs', 'TxId') ?? textAt(detail, 'Refs', 'InstrId');
  const { bankReference: _, ...rest } = booked;
  return {
    ...rest,
    amount,
    ...(own === undefined ? {} : { bankReference: own }),
    ...saidOf(detail, entry, { ...booked, amount }),
    ...(charges === undefined ? {} : { charges }),
  };
};

/** `<Amt>` of the payment since version 3, `<AmtDtls><TxAmt>` before. */
const partAmount = (detail: XmlNode, entry: XmlNode, place: string): Money | undefined => {
  const amount = amountIn(at(detail, 'Amt') ?? at(detail, 'AmtDtls', 'TxAmt', 'Amt'), place);
  if (amount === undefined) return undefined;
  return signed(amount, directionOf(at(detail, 'CdtDbtInd') === undefined ? entry : detail, place));
};

/** The total where it is told, or its records; what a bank gives back counts against what it keeps. */
const chargesOf = (node: XmlNode | undefined, place: string): Money | undefined => {
  const all = allAt(node, 'Chrgs');
  const records = all.flatMap((charges) => {
    const total = amountIn(at(charges, 'TtlChrgsAndTaxAmt'), place);
    if (total !== undefined) return [total];
    return [charges, ...allAt(charges, 'Rcrd')].flatMap((record) => {
      const amount = amountIn(at(record, 'Amt'), place);
      if (amount === undefined) return [];
      return [textAt(record, 'CdtDbtInd') === 'CRDT' ? negated(amount) : amount];
    });
  });
  const [first, ...more] = records;
  if (first === undefined || more.some(({ currency }) => currency !== first.currency)) return undefined;
  const total = more.reduce(plus, first);
  return total.minor > 0n ? total : undefined;
};
