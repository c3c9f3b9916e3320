import type { Branding, BrandingColumn, Logo } from '#contracts';
import { type BrandingTextDto } from './branding.dto.js';

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
  texts!: BrandingTextDto[];
  /** @example ["unit_price"] */
  hiddenColumns!: BrandingColumn[];
}

export const brandingResource = ({
  logo,
  accentColor,
  texts = [],
  hiddenColumns = [],
}: Branding): BrandingResource => ({
  logo: logo === undefined ? null : { mediaType: logo.mediaType, width: logo.width, height: logo.height },
  accentColor: accentColor ?? null,
  texts: texts.map((text) => ({ ...text })),
  hiddenColumns: [...hiddenColumns],
});
