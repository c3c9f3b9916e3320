import { compact } from './statement-text.js';
import type { BankLine, Counterparty } from './statement.js';
import { at, textAt, textsAt, type XmlNode } from './xml.js';

type Said = Pick<BankLine, 'endToEndId' | 'mandateId' | 'references' | 'text' | 'counterparty' | 'returnReason'>;

/** Families of bookings (ISO 20022 external codes) by which a payment comes back. */
const RETURNS = new Set(['RRTN', 'UPDD', 'UPCQ']);

/** Who paid, for what, and why it came back, of one payment; of the entry where the payment does not say. */
export const saidOf = (
  payment: XmlNode,
  entry: XmlNode,
  { amount, reversal }: Pick<BankLine, 'amount' | 'reversal'>,
): Said => {
  const references = textsAt(payment, 'RmtInf', 'Strd', 'CdtrRefInf', 'Ref').map(compact);
  const words = [
    ...textsAt(payment, 'RmtInf', 'Ustrd'),
    ...textsAt(payment, 'RmtInf', 'Strd', 'AddtlRmtInf'),
    ...textsAt(payment, 'RmtInf', 'Strd', 'RfrdDocInf', 'Nb'),
  ];
  const endToEndId = textAt(payment, 'Refs', 'EndToEndId');
  const mandateId = textAt(payment, 'Refs', 'MndtId');
  const returnReason = reasonOf(payment, entry);
  const more = textAt(payment, 'AddtlTxInf') ?? textAt(entry, 'AddtlNtryInf') ?? '';
  return {
    references,
    text: words.length > 0 ? words.join(' ') : more,
    // The other side is the payer of what comes in; what comes back still names the two as they were at first.
    counterparty: counterpartyOf(payment, amount.minor > 0n !== (reversal || returnReason !== undefined)),
    ...(endToEndId === undefined || endToEndId === 'NOTPROVIDED' ? {} : { endToEndId }),
    ...(mandateId === undefined ? {} : { mandateId }),
    ...(returnReason === undefined ? {} : { returnReason }),
  };
};

const reasonOf = (payment: XmlNode, entry: XmlNode): string | undefined => {
  const told = textAt(payment, 'RtrInf', 'Rsn', 'Cd') ?? textAt(payment, 'RtrInf', 'Rsn', 'Prtry');
  if (told !== undefined) return told;
  const family = [payment, entry].flatMap((node) => textAt(node, 'BkTxCd', 'Domn', 'Fmly', 'SubFmlyCd') ?? []);
  return family.find((code) => RETURNS.has(code));
};

/** `<Dbtr><Nm>` until version 7, `<Dbtr><Pty><Nm>` since. */
const counterpartyOf = (payment: XmlNode, paysUs: boolean): Counterparty => {
  const side = paysUs ? 'Dbtr' : 'Cdtr';
  const party = at(payment, 'RltdPties', side);
  const name = textAt(party, 'Pty', 'Nm') ?? textAt(party, 'Nm') ?? textAt(payment, 'RltdPties', `Ultmt${side}`, 'Nm');
  const iban = textAt(payment, 'RltdPties', `${side}Acct`, 'Id', 'IBAN');
  return { ...(name === undefined ? {} : { name }), ...(iban === undefined ? {} : { iban: compact(iban) }) };
};
