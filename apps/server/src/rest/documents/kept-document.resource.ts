import type { KeptDocument } from '#billing/document';

/** A form in which a document left the house: it is these bytes from then on. */
export class KeptDocumentResource {
  /** `factur-x`: the PDF with the e-invoice inside. @example "pdf" */
  format!: KeptDocument['format'];
  /** How an e-invoice is marked; null of a PDF. @example null */
  profile!: NonNullable<KeptDocument['profile']> | null;
  /** @example "de" */
  language!: string;
  /** SHA-256 of the bytes, in hex. @example "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08" */
  digest!: string;
  /** How many. @example 31652 */
  bytes!: number;
  /** The version of what made it. @example "recount 0.1.0, template 3f2a4c5d6e7f" */
  madeBy!: string;
  /** When it left the house first. @example "2026-02-01T00:00:05Z" */
  keptAt!: string;
}

export const keptDocumentResource = ({ profile, ...kept }: KeptDocument): KeptDocumentResource => ({
  ...kept,
  profile: profile ?? null,
});
