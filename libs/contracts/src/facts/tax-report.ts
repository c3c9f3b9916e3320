import { Type } from 'typebox';
import { fact } from './fact.js';
import type { HeldIn } from './held.js';
import { exampleId } from './public-shapes.js';
import { IdText, OneOf, Text } from './shapes.js';

const reported = {
  invoiceId: IdText('inv'),
  /** What was told of, where it is a credit note: the invoice is what that is of. */
  creditNoteId: Type.Optional(IdText('crn')),
  /** What was told of it. */
  report: OneOf('issued', 'voided'),
};
/** What is told of a document to whoever said its taxes. */
export type TaxReport = HeldIn<typeof reported>;

const example = { invoiceId: exampleId('inv'), report: 'issued' } as const;

export const taxReportFacts = {
  TaxDocumentReported: fact(
    'That a document was issued, or is void, was reported to the service that says taxes, and it took it.',
    {
      ...reported,
      reference: Type.String({ minLength: 1, maxLength: 256, description: 'By which the service knows it' }),
    },
  ).told({
    type: 'tax_document.reported',
    means: 'That a document was issued, or is void, was reported to the service that says taxes.',
    fields: ['invoiceId', 'creditNoteId', 'report'],
    example,
  }),
  TaxDocumentReportFailed: fact('It was refused for good, or nobody took it in time.', {
    ...reported,
    code: Type.String({ maxLength: 64 }),
    detail: Text('Why, without whom the document is for'),
  }).told({
    type: 'tax_document.report_failed',
    means:
      'That a document was issued, or is void, was reported to the service that says taxes, which did not take it.',
    fields: ['invoiceId', 'creditNoteId', 'report', 'code'],
    example: { ...example, code: 'refused' },
  }),
};
