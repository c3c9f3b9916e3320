import type { EInvoice, EParty } from './e-invoice.js';

/** What an invoice breaks: the rule by its name in the standard, the term that is wrong, and where that stands in the document. */
export interface BrokenRule {
  readonly rule: string;
  readonly term: string;
  readonly pointer: string;
  readonly message: string;
}

export interface Rule extends BrokenRule {
  readonly holds: (invoice: EInvoice) => boolean;
}

export const rule = (
  name: string,
  [term, pointer]: readonly [term: string, pointer: string],
  message: string,
  holds: (invoice: EInvoice) => boolean,
): Rule => ({ rule: name, term, pointer, message, holds });

export const isSaid = (text: string | undefined): text is string => text !== undefined && text.trim() !== '';

/** VAT id or tax number. */
export const isRegistered = ({ vatId, taxNumber }: EParty): boolean => isSaid(vatId) || isSaid(taxNumber);
