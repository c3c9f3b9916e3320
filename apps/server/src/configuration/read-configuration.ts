import { readdirSync } from 'node:fs';
import { getMetadataStorage, validateSync } from 'class-validator';
import { Configuration } from './configuration.js';
import { plainToInstance } from 'class-transformer';
import { connectionSettings, WrongConnectionString } from '#event-store';

/** The environment is wrong; each line names one value and says what it should be. */
export class WrongConfiguration extends Error {
  constructor(readonly lines: readonly string[]) {
    super(lines.join('\n'));
    this.name = 'WrongConfiguration';
  }
}

/** Whatever has a rule. */
const NAMES = new Set(
  getMetadataStorage()
    .getTargetValidationMetadatas(Configuration, '', false, false)
    .map(({ propertyName }) => propertyName),
);

const SECRETS: readonly string[] = ['RECOUNT_MASTER_KEY', 'METRICS_TOKEN', 'JWT_SECRET', 'JWT_PUBLIC_KEY'];

/** @throws WrongConfiguration */
export const readConfiguration = (environment: NodeJS.ProcessEnv): Configuration => {
  const given = Object.fromEntries(
    [...NAMES]
      .filter((name) => environment[name] !== undefined && environment[name] !== '')
      .map((name) => [name, environment[name]]),
  );
  const configuration = plainToInstance(Configuration, given, { exposeDefaultValues: true });
  const lines = validateSync(configuration).map(
    ({ property, value, constraints }) =>
      `${property}=${shown(property, environment[property] ?? value)}: ${Object.values(constraints ?? {})[0] ?? 'is wrong.'}`,
  );
  if (lines.length === 0) lines.push(...unusableConnection(configuration), ...unreadableFolder(configuration));
  if (lines.length > 0) throw new WrongConfiguration(lines);
  return configuration;
};

/** Only who reads it as the client does can tell; its own errors would come later, and quote it. */
const unusableConnection = ({ EVENTSTORE_URL }: Configuration): string[] => {
  try {
    if (EVENTSTORE_URL !== undefined) connectionSettings(EVENTSTORE_URL);
    return [];
  } catch (error) {
    if (!(error instanceof WrongConnectionString)) throw error;
    return [`EVENTSTORE_URL=${shown('EVENTSTORE_URL', EVENTSTORE_URL)}: ${error.message}`];
  }
};

const unreadableFolder = ({ RECOUNT_FONT_DIR: folder }: Configuration): string[] => {
  if (folder === undefined) return [];
  try {
    readdirSync(folder);
    return [];
  } catch {
    return [`RECOUNT_FONT_DIR=${shown('RECOUNT_FONT_DIR', folder)}: This is no folder that can be read.`];
  }
};

/** Secrets stay out of terminals and logs: keys, and what a URL says before its host. */
const shown = (name: string, value: unknown): string =>
  SECRETS.includes(name) ? '…' : JSON.stringify(value).replace(/\/\/[^/]*@/, '//…@');
