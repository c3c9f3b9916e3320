import { Type } from 'typebox';
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

export const branding = {
  logo: Type.Optional(LogoShape),
  /** Of titles and rules. */
  accentColor: Type.Optional(Type.String({ pattern: '^#[0-9a-f]{6}$' })),
  /** What invoices say of how they are paid. */
  paymentText: Type.Optional(Type.String({ minLength: 1, maxLength: 1024 })),
};
/** How documents of a legal entity look: nothing that a rule of law or of the books asks for. */
export type Branding = HeldIn<typeof branding>;
