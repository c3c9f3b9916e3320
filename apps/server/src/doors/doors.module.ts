import { Module } from '@nestjs/common';
import { Doorway } from './doorway.js';
import { BillingRpcs } from './grpc/billing.rpcs.js';
import { GrpcDoor } from './grpc/grpc.door.js';
import { NatsDoor } from './nats/nats.door.js';

/** Every door but the REST one, which they all lead to. */
@Module({ controllers: [BillingRpcs], providers: [Doorway, GrpcDoor, NatsDoor] })
export class DoorsModule {}
