import { negated, type LocalDate, type Money } from '#kernel';
import { amountAt, dateAt, malformed } from './malformed.js';
import { at, textAt, type XmlNode } from './xml.js';

/** An amount with its currency, `<Amt Ccy="EUR">24.55</Amt>`; undefined where there is none. */
export const amountIn = (node: XmlNode | undefined, place: string): Money | undefined => {
  const text = node === undefined ? undefined : textAt(node);
  if (text === undefined) return undefined;
  const currency = textAt(node, '@Ccy') ?? malformed(`${place}: an amount has no currency.`);
  return amountAt(place, text, currency);
};

/** The amount of an element by its `<CdtDbtInd>`: what comes in is above zero. */
export const signedAt = (node: XmlNode, place: string): Money | undefined => {
  const amount = amountIn(at(node, 'Amt'), place);
  return amount === undefined ? undefined : signed(amount, directionOf(node, place));
};

export const directionOf = (node: XmlNode, place: string): 'CRDT' | 'DBIT' => {
  const direction = textAt(node, 'CdtDbtInd');
  return direction === 'CRDT' || direction === 'DBIT'
    ? direction
    : malformed(`${place}: <CdtDbtInd> is neither CRDT nor DBIT.`);
};

export const signed = (amount: Money, direction: 'CRDT' | 'DBIT'): Money =>
  direction === 'CRDT' ? amount : negated(amount);

/** `<Dt>` or the day of `<DtTm>`, as the bank wrote it: its books have its zone. */
export const dayIn = (node: XmlNode | undefined, place: string): LocalDate | undefined => {
  const text = textAt(node, 'Dt') ?? textAt(node, 'DtTm');
  return text === undefined ? undefined : dateAt(place, text.slice(0, 10));
};
