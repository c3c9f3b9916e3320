import { DOCUMENT_LANGUAGE, type EProfile } from '#documents';
import { IsBoolean, IsIn } from 'class-validator';
import { TruthValue } from '../../pipeline/queries.dto.js';
import { MayBeAbsent, rule } from '../../pipeline/rules.js';

const IsDocumentLanguage = rule(
  'unknown_language',
  (value) => typeof value === 'string' && DOCUMENT_LANGUAGE.test(value),
  'This is one of en, de, fr, es, it, nl, pl, ja, ar, he, with a country or without: "de-CH".',
);

export class DocumentQueryDto {
  /** The customer’s if none is named, else the seller’s, else English; a country says how numbers and days are written. @example "de-AT" */
  @MayBeAbsent()
  @IsDocumentLanguage()
  language?: string;
}

export class PdfQueryDto extends DocumentQueryDto {
  /** The PDF alone, or with the e-invoice of EN 16931 inside, as Factur-X and ZUGFeRD have it. @example "factur-x" */
  @MayBeAbsent()
  @IsIn(['pdf', 'factur-x'])
  format: 'pdf' | 'factur-x' = 'pdf';

  /** Whether an e-invoice that breaks a rule is refused. @example true */
  @MayBeAbsent()
  @TruthValue()
  @IsBoolean()
  validate: boolean = true;
}

export class EInvoiceQueryDto {
  /** UBL 2.1, or the Cross Industry Invoice of UN/CEFACT. @example "ubl" */
  @MayBeAbsent()
  @IsIn(['ubl', 'cii'])
  format: 'ubl' | 'cii' = 'ubl';

  /** Which use of EN 16931 it is made for. @example "en16931" */
  @MayBeAbsent()
  @IsIn(['en16931', 'xrechnung', 'peppol'])
  profile: EProfile = 'en16931';

  /** Whether one that breaks a rule is refused. @example true */
  @MayBeAbsent()
  @TruthValue()
  @IsBoolean()
  validate: boolean = true;
}
