import { Typesetter } from '#typst';
import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { DocumentSettings } from '../configuration/document-settings.js';

/** What lays out the documents of this process. */
@Injectable()
export class Typesetting extends Typesetter implements OnApplicationShutdown {
  constructor({ fontFolder }: DocumentSettings) {
    super({ fontFolder });
  }

  onApplicationShutdown(): Promise<void> {
    return this.end();
  }
}
