import { Module } from '@nestjs/common';
import { Doorway } from './doorway.js';
import { NatsDoor } from './nats/nats.door.js';

/** Every door but the REST one, which they all lead to. */
@Module({ providers: [Doorway, NatsDoor] })
export class DoorsModule {}
