import { Clock, EventLog } from '#kernel';
import { DecidedStreams } from '#write-path';
import { Injectable } from '@nestjs/common';
import { aliasDecider, type Alias, type AliasCommand, type AliasEvent } from '../domain/alias/alias.decider.js';

@Injectable()
export class Aliases extends DecidedStreams<Alias, AliasCommand, AliasEvent> {
  constructor(log: EventLog, clock: Clock) {
    super(aliasDecider, log, clock);
  }
}
