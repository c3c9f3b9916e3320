/** What the process is told first: files of fonts, what they are called, and the template. */
export interface Setting {
  readonly fonts: readonly string[];
  readonly families: readonly string[];
  readonly template: string;
}

/** One document: its data in JSON, when it says that it was made, in seconds since 1970, and the e-invoice to have inside, in the syntax of CII. */
export interface Order {
  readonly view: string;
  readonly createdAt: number;
  readonly facturX?: string;
  readonly logo?: OrderedLogo;
}

/** A picture in base64, and what it is called where the template reads it. */
export interface OrderedLogo {
  readonly name: 'logo.png' | 'logo.jpg';
  readonly content: string;
}

/** `missing`: characters that none of the fonts has. */
export type Outcome =
  { readonly pdf: Uint8Array } | { readonly missing: readonly string[] } | { readonly fault: string };
