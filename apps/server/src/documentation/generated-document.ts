import { MasterKey } from '#personal-data';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { OpenAPIObject } from '@nestjs/swagger';
import { ServerModule } from '../server.module.js';
import { loadDescriptions, openApiOf } from './describe-api.js';

/** What the application says of itself, without a port or a database: nothing is instantiated. */
export const generatedDocument = async (): Promise<OpenAPIObject> => {
  const module = ServerModule.forRoles({
    eventStoreUrl: 'esdb://localhost:2113?tls=false',
    databaseUrl: 'postgresql://localhost/recount',
    masterKey: new MasterKey(Buffer.alloc(32)),
    keyRing: '/dev/null',
    roles: ['api'],
    logLevel: 'silent',
  });
  const app = await NestFactory.create(module, new FastifyAdapter(), { preview: true, logger: false });
  await loadDescriptions();
  return openApiOf(app);
};
