import {
  brokenRules,
  ciiOf,
  eInvoice,
  languageAmong,
  ublOf,
  type BrokenRule,
  type DocumentSource,
  type EProfile,
} from '#documents';
import { DomainError, refuse } from '#kernel';

/** An e-invoice that is wanted. */
export interface EInvoiceWanted {
  readonly format: 'ubl' | 'cii';
  readonly profile: EProfile;
  /** Whether one that breaks a rule is refused. */
  readonly validate: boolean;
}

/** @throws DomainError `invoice_not_finalized`, `invoice_voided`, `credit_note_voided`, `e_invoice_rule` with each rule that it breaks */
export const eInvoiceXml = (source: DocumentSource, { format, profile, validate }: EInvoiceWanted): string => {
  const { status, issueDate } = source.document.invoice;
  if (status === 'void') return refuseVoid(source);
  if (issueDate === null) return refuse('invoice_not_finalized', 'A draft is not issued yet.');
  const invoice = eInvoice(source, languageAmong(source.buyer.language, source.seller.language));
  const broken = validate ? brokenRules(invoice, profile) : [];
  if (broken.length > 0) throw broke(broken);
  return format === 'ubl' ? ublOf(invoice, profile) : ciiOf(invoice, profile);
};

const refuseVoid = ({ creditNote }: DocumentSource): never =>
  creditNote
    ? refuse('credit_note_voided', 'The credit note is void: nobody is to book it.')
    : refuse('invoice_voided', 'The invoice is void: nobody is to book it.');

/** Each violation is named by the rule of the standard; its pointer leads into the document, seller and buyer of it. */
const broke = (broken: readonly BrokenRule[]): DomainError => {
  const told = ({ message, term }: BrokenRule): string => `${message} (${term})`;
  const [first] = broken;
  return new DomainError(
    'e_invoice_rule',
    `The invoice breaks ${first!.rule} of EN 16931: ${told(first!)}`,
    'refused',
    broken.map((one) => ({ pointer: one.pointer, code: one.rule, message: told(one) })),
  );
};
