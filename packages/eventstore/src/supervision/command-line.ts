/** Supervision: the command line. */
import { Command, InvalidArgumentError, Option } from 'commander';

import { type Operation, type Place } from '../operations/operate.js';

export interface Serving {
  readonly data: string;
  readonly host: string;
  readonly port: number;
  /** No metrics are served without it. */
  readonly metricsPort?: number;
  readonly maxAppendBytes: number;
  readonly maxEventBytes: number;
  readonly logLevel: string;
  /** Whether everybody is served who reaches the port. */
  readonly insecure: boolean;
}

/** To serve a folder, or something else to do with one. */
export type CommandLine = { readonly serve: Serving } | { readonly operate: Operation };

interface Options extends Omit<Serving, 'data'> {
  readonly data?: string;
  readonly verify?: boolean;
  readonly backup?: string;
  readonly export?: string;
  readonly import?: string;
  readonly from?: string;
  readonly to?: string;
}

/** What the protocol's server took before 25.1. */
const MAX_APPEND_BYTES = 1024 * 1024;

/** What a message can carry bounds it, too. */
const MAX_EVENT_BYTES = 16 * 1024 * 1024;

const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'silent'];
const OPERATIONS = ['verify', 'backup', 'export', 'import'];

const integerFrom =
  (least: number, most: number) =>
  (text: string): number => {
    const value = Number(text);
    if (Number.isInteger(value) && value >= least && value <= most) return value;
    throw new InvalidArgumentError(`It must be an integer from ${least} to ${most}.`);
  };

const port = integerFrom(0, 65_535);

/** An operation excludes the others. */
const operation = (flags: string, description: string): Option => {
  const option = new Option(flags, description);
  return option.conflicts(OPERATIONS.filter((name) => name !== option.attributeName()));
};

const program = (): Command =>
  new Command('eventstore')
    .description('A durable single-node event store that speaks the gRPC protocol of EventStoreDB.')
    .option('--data <folder>', 'where the events are kept; one store per folder')
    .option('--port <number>', 'port to listen on; 0 picks a free one', port, 2113)
    .option('--host <address>', 'address to listen on', '127.0.0.1')
    .option('--metrics-port <number>', 'port for Prometheus, on the same address; none by default', port)
    .option('--max-append-bytes <number>', 'largest append', integerFrom(1, 2 ** 31 - 1), MAX_APPEND_BYTES)
    .option('--max-event-bytes <number>', 'largest event', integerFrom(1, 2 ** 31 - 1), MAX_EVENT_BYTES)
    .option('--insecure', 'serve whoever reaches the port, without the credentials of the folder', false)
    .addOption(new Option('--log-level <level>', 'what to log').choices(LOG_LEVELS).default('info'))
    .addOption(operation('--verify', 'instead of serving, check the whole store; exit code 1 if something is wrong'))
    .addOption(
      operation('--backup <folder>', 'instead of serving, copy the store, also while another process serves it'),
    )
    .addOption(operation('--export <file>', 'instead of serving, write all events as lines of JSON'))
    .addOption(operation('--import <file>', 'instead of serving, take the events of an export'))
    .addOption(new Option('--from <esdb>', 'the server to export from, in place of --data').conflicts(['data', 'to']))
    .addOption(new Option('--to <esdb>', 'the server to import to, in place of --data').conflicts(['data', 'from']));

export const parseCommandLine = (argv: readonly string[]): CommandLine => {
  const command = program().parse(argv);
  const options = command.opts<Options>();
  const folder = (): string => options.data ?? command.error("error: option '--data <folder>' is needed");
  const place = (server: string | undefined): Place => (server === undefined ? { folder: folder() } : { server });
  const { from, to } = options;
  if (from !== undefined && options.export === undefined) command.error("error: '--from' goes with '--export'");
  if (to !== undefined && options.import === undefined) command.error("error: '--to' goes with '--import'");
  if (options.verify === true) return { operate: { kind: 'verify', folder: folder() } };
  if (options.backup !== undefined) return { operate: { kind: 'backup', folder: folder(), target: options.backup } };
  if (options.export !== undefined) return { operate: { kind: 'export', file: options.export, from: place(from) } };
  if (options.import !== undefined) return { operate: { kind: 'import', file: options.import, to: place(to) } };
  return { serve: { ...options, data: folder() } };
};
