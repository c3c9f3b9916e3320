import type { Executed } from '#write-path';
import type { FastifyReply } from 'fastify';

/** Where the log stands after a command: hand `position` to a query to read your own write. */
export class LogResource {
  /** @example "4711" */
  position: string;
  /** Revision of the stream that the command changed; −1 after a dry run that would begin it. @example 7 */
  revision: number;

  constructor(position: bigint, revision: number) {
    this.position = String(position);
    this.revision = revision;
  }
}

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
