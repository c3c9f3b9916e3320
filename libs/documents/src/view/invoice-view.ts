import type { Logo } from '#contracts';

/** What an invoice or a credit note says, ready to be laid out: every text is as it is printed. */
export interface InvoiceView {
  /** BCP 47. */
  readonly language: string;
  readonly direction: 'ltr' | 'rtl';
  readonly logo: Logo | null;
  /** Of rules: as CSS has it, `#0a5c36`. */
  readonly accentColor: string | null;
  readonly titleColor: string | null;
  readonly title: string;
  readonly number: string | null;
  /** Across the page: it is no invoice yet, or none any more. */
  readonly watermark: string | null;
  readonly facts: readonly Labelled[];
  readonly seller: PartyView;
  readonly buyer: PartyView;
  /** What stands above the lines. */
  readonly intro: string | null;
  /** Null of what is not shown; of lines, too. */
  readonly columns: {
    readonly description: string;
    readonly quantity: string | null;
    readonly unitPrice: string | null;
    readonly amount: string;
  };
  readonly lines: readonly LineView[];
  readonly totals: readonly TotalView[];
  readonly notes: readonly string[];
  readonly payment: {
    readonly label: string;
    readonly text: string | null;
    readonly accounts: readonly (readonly Labelled[])[];
    /** A code that banks' apps read as a transfer; null where there is none to make. */
    readonly code: PaymentCode | null;
  };
  readonly footer: string | null;
  /** With `{page}` and `{pages}`. */
  readonly page: string;
  /** Seconds since 1970. It follows from the invoice, so that the same invoice is the same document. */
  readonly createdAt: number;
}

export interface PaymentCode {
  readonly label: string;
  /** Modules on a side, with the white ones around. */
  readonly size: number;
  /** Of the dark modules, as SVG has it. */
  readonly path: string;
}

export interface Labelled {
  readonly label: string;
  readonly value: string;
}

export interface PartyView {
  readonly label: string;
  readonly name: string;
  readonly lines: readonly string[];
  readonly details: readonly Labelled[];
}

export interface LineView {
  readonly description: string;
  readonly period: string | null;
  readonly details: readonly string[];
  readonly quantity: string | null;
  /** Null where it has no one price, too. */
  readonly unitPrice: string | null;
  readonly amount: string;
}

export interface TotalView extends Labelled {
  readonly strong: boolean;
}
