import { LOGO_BYTES_MAX, type Logo } from '#contracts';
import { invoiceView, sampleSource } from '#documents';
import { refuseAt } from '#kernel';
import { LayoutFailed } from '#typst';
import { Injectable } from '@nestjs/common';
import { pictureIn } from './picture.js';
import { Typesetting } from './typesetting.js';

/** On paper it is 60 mm at the most: that is 420 dpi. */
const PIXELS_MAX = 1_000;
/** Of a document that has it: a PDF packs otherwise than a PNG, and is kept, one for each invoice. */
const PDF_BYTES_MAX = 512 * 1024;

/** Pictures that stand on documents. */
@Injectable()
export class Logos {
  constructor(private readonly typesetting: Typesetting) {}

  /**
   * What is in a base64 text, by its bytes. A document is laid out with it: one that cannot be is refused here, and not on each invoice.
   * @throws DomainError `invalid_logo`, `document_too_slow`, `documents_busy`
   */
  async checked(content: string): Promise<Logo> {
    const bytes = Buffer.from(content, 'base64');
    if (bytes.toString('base64') !== content || bytes.length > LOGO_BYTES_MAX) return refuseLogo();
    const picture = pictureIn(bytes) ?? refuseLogo();
    if (Math.max(picture.width, picture.height) > PIXELS_MAX) return refuseLogo();
    const logo = { ...picture, content };
    await this.layOut(logo);
    return logo;
  }

  private async layOut(logo: Logo): Promise<void> {
    const sample = sampleSource({ seller: { name: 'Example' }, timeZone: 'UTC' }, 'en');
    const { createdAt, ...view } = invoiceView(sample, 'en');
    try {
      const { length } = await this.typesetting.pdf(view, createdAt, { logo });
      if (length > PDF_BYTES_MAX) refuseLogo();
    } catch (error) {
      if (error instanceof LayoutFailed) refuseLogo();
      throw error;
    }
  }
}

const refuseLogo = (): never =>
  refuseAt(
    '/logo',
    'invalid_logo',
    `A logo is a PNG or a JPEG in grey or RGB, in base64: ${LOGO_BYTES_MAX / 1024} KiB and ${PIXELS_MAX} pixels a side at the most, and ${PDF_BYTES_MAX / 1024} KiB of a PDF.`,
  );
