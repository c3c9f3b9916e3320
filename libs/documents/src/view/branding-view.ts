import type { Branding, BrandingText } from '#contracts';

/** What is said in a language; where nothing is, in the one that was named first. */
export const textsOf = ({ texts = [] }: Branding, language: string): Partial<BrandingText> =>
  texts.find((text) => text.language === language.slice(0, 2)) ?? texts[0] ?? {};

/** What WCAG 2.2 asks of large letters (1.4.3). */
const CONTRAST_MIN = 3;

/** A colour, if large letters in it can be read on white. */
export const readableOnWhite = (color: string | undefined): string | null =>
  color !== undefined && 1.05 / (luminanceOf(color) + 0.05) >= CONTRAST_MIN ? color : null;

/** Relative luminance as WCAG has it: black is 0, white is 1. */
const luminanceOf = (color: string): number =>
  linear(color, 1) * 0.2126 + linear(color, 3) * 0.7152 + linear(color, 5) * 0.0722;

const linear = (color: string, at: number): number => {
  const share = Number.parseInt(color.slice(at, at + 2), 16) / 255;
  return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
};
