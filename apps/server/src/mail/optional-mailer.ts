import type { OnApplicationShutdown } from '@nestjs/common';
import type { Mailer } from './mailer.js';

/** Null where no mail leaves. */
export class OptionalMailer implements OnApplicationShutdown {
  constructor(readonly mailer: Mailer | null) {}

  onApplicationShutdown(): void {
    this.mailer?.close();
  }
}
