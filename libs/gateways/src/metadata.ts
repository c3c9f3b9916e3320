/** Written to everything that is made at a gateway, so that it is found again and that nobody takes it for another's. */
export interface Metadata {
  readonly installation: string;
  readonly tenant: string;
  readonly account: string;
  readonly attempt?: string;
  readonly refund?: string;
}

/** The names under which they stand at the gateway, where other software writes, too. */
const PREFIX = 'recount_';

export const writtenMetadata = (metadata: Metadata): Record<string, string> =>
  Object.fromEntries(
    Object.entries(metadata as unknown as Record<string, string | undefined>).flatMap(([name, value]) =>
      value === undefined ? [] : [[`${PREFIX}${name}`, value]],
    ),
  );

/** What of it is ours, whoever else wrote there. */
export const readMetadata = (written: Readonly<Record<string, string>> | null): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(written ?? {}).flatMap(([name, value]) =>
      name.startsWith(PREFIX) ? [[name.slice(PREFIX.length), value]] : [],
    ),
  );

/** Whether all that is sought stands there. */
export const hasMetadata = (found: Readonly<Record<string, string>>, sought: Metadata): boolean =>
  Object.entries(sought as unknown as Record<string, string | undefined>).every(
    ([name, value]) => value === undefined || found[name] === value,
  );
