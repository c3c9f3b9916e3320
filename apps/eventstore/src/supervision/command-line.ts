/** Supervision: the command line. */
import { Command, InvalidArgumentError, Option } from 'commander';

export interface CommandLine {
  readonly data: string;
  readonly host: string;
  readonly port: number;
  readonly maxAppendBytes: number;
  readonly maxEventBytes: number;
  readonly logLevel: string;
}

/** What the protocol's server took before 25.1. */
const MAX_APPEND_BYTES = 1024 * 1024;

/** What a message can carry bounds it, too. */
const MAX_EVENT_BYTES = 16 * 1024 * 1024;

const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'silent'];

const integerFrom =
  (least: number, most: number) =>
  (text: string): number => {
    const value = Number(text);
    if (Number.isInteger(value) && value >= least && value <= most) return value;
    throw new InvalidArgumentError(`It must be an integer from ${least} to ${most}.`);
  };

export const parseCommandLine = (argv: readonly string[]): CommandLine =>
  new Command('eventstore')
    .description('A durable single-node event store that speaks the gRPC protocol of EventStoreDB.')
    .requiredOption('--data <folder>', 'where the events are kept; one store per folder')
    .option('--port <number>', 'port to listen on; 0 picks a free one', integerFrom(0, 65_535), 2113)
    .option('--host <address>', 'address to listen on', '127.0.0.1')
    .option('--max-append-bytes <number>', 'largest append', integerFrom(1, 2 ** 31 - 1), MAX_APPEND_BYTES)
    .option('--max-event-bytes <number>', 'largest event', integerFrom(1, 2 ** 31 - 1), MAX_EVENT_BYTES)
    .addOption(new Option('--log-level <level>', 'what to log').choices(LOG_LEVELS).default('info'))
    .parse(argv)
    .opts<CommandLine>();
