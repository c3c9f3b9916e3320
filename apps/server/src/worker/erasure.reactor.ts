import { PersonalData } from '#billing/account';
import type { Fact, StoredFact } from '#contracts';
import { EventLog } from '#kernel';
import { KeyRing } from '#personal-data';
import { Injectable } from '@nestjs/common';
import type { Logger } from 'pino';
import { ReactorCheckpoints } from '../operational-state/reactor-checkpoints.js';
import { Follower } from './follower.js';

const NAME = 'erase-keys-on-personal-data-erased';

/**
 * Destroys the keys that the log says are erased: after a crash in between, and again where the key ring is a copy from before
 * the erasure.
 */
@Injectable()
export class ErasureReactor {
  constructor(
    private readonly personalData: PersonalData,
    private readonly keyRing: KeyRing,
    private readonly log: EventLog,
    private readonly checkpoints: ReactorCheckpoints,
  ) {}

  async run(signal: AbortSignal, logger: Logger): Promise<void> {
    await this.checkpoints.beginAgainOnAnOlderRing(NAME, this.keyRing.version);
    const erase = new Follower<Fact<'PersonalDataErased'>>(
      NAME,
      ['PersonalDataErased'],
      (events) => this.erase(events),
      this.log,
      this.checkpoints,
      logger,
    );
    await erase.run(signal);
  }

  private async erase(events: readonly StoredFact<'PersonalDataErased'>[]): Promise<void> {
    for (const { metadata, fact } of events) await this.personalData.erase(metadata.tenantId!, fact.data.keyIds);
    await this.checkpoints.noteKeyRing(this.keyRing.version);
  }
}
