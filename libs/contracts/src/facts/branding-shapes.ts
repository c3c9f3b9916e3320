import { Type, type Static } from 'typebox';
import type { Held, HeldIn } from './held.js';
import { closed, OneOf } from './shapes.js';

export const LOGO_BYTES_MAX = 64 * 1024;
/** Of base64. */
export const LOGO_TEXT_MAX = 4 * Math.ceil(LOGO_BYTES_MAX / 3);

const LogoShape = Type.Object(
  {
    mediaType: OneOf('image/png', 'image/jpeg'),
    /** In pixels. */
    width: Type.Integer({ minimum: 1 }),
    height: Type.Integer({ minimum: 1 }),
    /** In base64. */
    content: Type.String({ minLength: 1, maxLength: LOGO_TEXT_MAX }),
  },
  { ...closed, description: 'A picture, in base64' },
);
export type Logo = Held<typeof LogoShape>;

const BrandingTextShape = Type.Object(
  {
    /** Of documents that say it: ISO 639. */
    language: Type.String({ pattern: '^[a-z]{2}$' }),
    /** Above the lines of invoices. */
    intro: Type.Optional(Type.String({ minLength: 1, maxLength: 1024 })),
    /** How invoices are paid. */
    payment: Type.Optional(Type.String({ minLength: 1, maxLength: 1024 })),
  },
  closed,
);
export type BrandingText = Held<typeof BrandingTextShape>;

const Column = OneOf('quantity', 'unit_price', 'service_period');
/** What pages and PDFs say of a line, and need not. */
export type BrandingColumn = Static<typeof Column>;

export const branding = {
  logo: Type.Optional(LogoShape),
  /** Of rules, and of titles where it can be read on white. */
  accentColor: Type.Optional(Type.String({ pattern: '^#[0-9a-f]{6}$' })),
  /** The first one is for languages that have none. */
  texts: Type.Optional(Type.Array(BrandingTextShape, { minItems: 1, maxItems: 10 })),
  hiddenColumns: Type.Optional(Type.Array(Column, { minItems: 1, maxItems: 3 })),
};
/** What of it is there no more. */
export const brandingRemoved = Type.Optional(
  Type.Array(OneOf('logo', 'accentColor', 'texts', 'hiddenColumns'), { minItems: 1, maxItems: 4 }),
);

/** How documents of a legal entity look: nothing that a rule of law or of the books asks for. */
export type Branding = HeldIn<typeof branding>;
