import 'reflect-metadata';
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { MasterKey } from '#personal-data';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { format, resolveConfig } from 'prettier';
import { ServerModule } from '../server.module.js';
import { loadDescriptions, openApiOf } from './describe-api.js';

/** Writes the committed document, without a port or a database: nothing is instantiated. */
const module = ServerModule.forRoles({
  eventStoreUrl: 'esdb://localhost:2113?tls=false',
  databaseUrl: 'postgresql://localhost/recount',
  masterKey: new MasterKey(Buffer.alloc(32)),
  roles: ['api'],
  logLevel: 'silent',
});
const app = await NestFactory.create(module, new FastifyAdapter(), { preview: true, logger: false });
await loadDescriptions();
const file = fileURLToPath(new URL('../../../../../docs/openapi.json', import.meta.url));
const text = JSON.stringify(openApiOf(app), null, 2);
writeFileSync(file, await format(text, { ...(await resolveConfig(file)), parser: 'json' }));
