import { Type } from 'typebox';
import { fact } from './fact.js';
import type { HeldIn } from './held.js';
import { exampleId } from './public-shapes.js';
import { HexDigest, IdText, OneOf } from './shapes.js';

const kept = {
  /** `factur-x`: the PDF with the e-invoice inside. */
  format: OneOf('pdf', 'factur-x', 'ubl', 'cii'),
  /** How an e-invoice is marked. */
  profile: Type.Optional(OneOf('en16931', 'xrechnung', 'peppol')),
  language: Type.String({ pattern: '^[a-z]{2}(-[A-Z]{2})?$' }),
  digest: HexDigest,
  bytes: Type.Integer({ minimum: 1 }),
  /** The version of what made it. */
  madeBy: Type.String({ minLength: 1, maxLength: 64 }),
};
/** What left the house in one form. */
export type KeptForm = HeldIn<typeof kept>;

export const documentFacts = {
  DocumentKept: fact(
    'An invoice or a credit note left the house for the first time in this form: from now on it is these bytes.',
    {
      invoiceId: IdText('inv'),
      /** What left, where it is a credit note: the invoice is what that is of. */
      creditNoteId: Type.Optional(IdText('crn')),
      ...kept,
    },
  ).told({
    type: 'document.kept',
    means: 'An invoice or a credit note left the house for the first time in this form.',
    fields: ['invoiceId', 'creditNoteId', 'format', 'profile', 'language', 'digest', 'bytes'],
    example: {
      invoiceId: exampleId('inv'),
      format: 'pdf',
      language: 'en',
      digest: '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
      bytes: 31652,
    },
  }),
};
