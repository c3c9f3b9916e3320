import type { AliasFact } from '#contracts';
import { Clock, EventLog } from '#kernel';
import { DecidedStreams } from '#write-path';
import { Injectable } from '@nestjs/common';
import { aliasDecider, type Alias, type AliasCommand } from '../alias.decider.js';

@Injectable()
export class Aliases extends DecidedStreams<Alias, AliasCommand, AliasFact> {
  constructor(log: EventLog, clock: Clock) {
    super(aliasDecider, log, clock);
  }
}
