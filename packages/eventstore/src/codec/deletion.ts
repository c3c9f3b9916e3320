/** Codec: `DeleteReq` and `TombstoneReq`, and their answers; both are alike. */
import { type AppendOptions, readOptions } from './append-requests.js';
import { writePosition } from './append-responses.js';
import { bytesOf, encode, readFields, writeMessage } from './fields.js';

export const readDeletionRequest = (bytes: Uint8Array): Partial<Pick<AppendOptions, 'stream' | 'expected'>> => {
  let options: Partial<AppendOptions> = {};
  readFields(bytes, { 1: (reader) => (options = readOptions(bytesOf(reader), 0)) });
  return options;
};

export const encodeDeletion = (position: number): Buffer =>
  encode((writer) => writeMessage(writer, 1, (at) => writePosition(at, position)));
