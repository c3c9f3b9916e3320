import type { Executed } from '#write-path';
import type { FastifyReply } from 'fastify';
import { LogResource } from './log.resource.js';

export type Told<Resource> = Resource & { readonly log: LogResource };

/** The answer to a command: the resource as stored, where the log stands, and the revision as ETag. */
export const told = <Resource extends object>(
  reply: FastifyReply,
  { revision, position }: Pick<Executed<unknown>, 'revision' | 'position'>,
  resource: Resource,
): Told<Resource> => {
  // A dry run of what begins a stream leaves none behind.
  if (revision >= 0) reply.header('etag', `"${revision}"`);
  return { ...resource, log: new LogResource(position, revision) };
};
