import type { Branding, Logo } from '#contracts';

/** The picture itself is in a sample. */
export class LogoResource {
  /** @example "image/png" */
  mediaType!: Logo['mediaType'];
  /** In pixels. @example 600 */
  width!: number;
  /** @example 200 */
  height!: number;
}

/** How documents of a legal entity look. */
export class BrandingResource {
  logo!: LogoResource | null;
  /** @example "#0a5c36" */
  accentColor!: string | null;
  /** @example "Please name the number of the invoice." */
  paymentText!: string | null;
}

export const brandingResource = ({ logo, accentColor, paymentText }: Branding): BrandingResource => ({
  logo: logo === undefined ? null : { mediaType: logo.mediaType, width: logo.width, height: logo.height },
  accentColor: accentColor ?? null,
  paymentText: paymentText ?? null,
});
