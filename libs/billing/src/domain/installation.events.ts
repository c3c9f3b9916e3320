import type { Event, InstallationId } from '#kernel';

/** The log's first event: read models of another installation refuse to work on it. */
export type InstallationCreated = Event<
  'InstallationCreated',
  { readonly installationId: InstallationId; readonly productVersion: string }
>;
