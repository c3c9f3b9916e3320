/** Operations: the file of an export: a line that says what it is, one for each event, and one that says that it is whole. */
import { closeSync, createReadStream, fsyncSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';

import { syncFolder } from '../storage/sync-folder.js';
import { type ExportedEvent, isObject, readEvent, writeLine } from './exported-event.js';
import { OperationRefused } from './operation.js';

const HEADER = JSON.stringify({ format: 'eventstore-export', version: 1 });
const CHUNK = 1024 * 1024;

/** Answers how many events it wrote. The file appears when it is whole. */
export const writeExport = async (
  file: string,
  events: Iterable<ExportedEvent> | AsyncIterable<ExportedEvent>,
): Promise<number> => {
  const partial = `${file}.partial`;
  const descriptor = openSync(partial, 'w');
  let pending = `${HEADER}\n`;
  let count = 0;
  try {
    for await (const event of events) {
      pending += `${writeLine(event)}\n`;
      count++;
      if (pending.length < CHUNK) continue;
      writeWhole(descriptor, pending);
      pending = '';
    }
    writeWhole(descriptor, `${pending}${JSON.stringify({ events: count })}\n`);
    fsyncSync(descriptor);
  } catch (error) {
    rmSync(partial);
    throw error;
  } finally {
    closeSync(descriptor);
  }
  renameSync(partial, file);
  syncFolder(dirname(file));
  return count;
};

/** A write may take only a part. */
const writeWhole = (descriptor: number, text: string): void => {
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length;) at += writeSync(descriptor, bytes, at);
};

/** @throws OperationRefused if the file is not a whole export */
export async function* readExport(file: string): AsyncGenerator<ExportedEvent> {
  let number = 0;
  let end: unknown;
  for await (const line of linesOf(file)) {
    number++;
    if (number === 1) {
      if (line !== HEADER) throw new OperationRefused(`${file} is not an export of an event store.`);
      continue;
    }
    const refuse = (reason: string): OperationRefused => new OperationRefused(`${file}, line ${number}: ${reason}.`);
    if (end !== undefined) throw refuse('there is more after the end');
    const value = parse(line);
    if (!isObject(value)) throw refuse('not an object of JSON');
    if ('events' in value) end = value['events'];
    else yield eventOf(value, refuse);
  }
  if (end !== number - 2) throw new OperationRefused(`${file} is not whole: it was cut, or lines are missing.`);
}

/** Node's own reader of lines also ends them at U+2028, which JSON leaves as it is. */
async function* linesOf(file: string): AsyncGenerator<string> {
  let rest = '';
  for await (const chunk of createReadStream(file, { encoding: 'utf8', highWaterMark: CHUNK })) {
    const lines = (rest + (chunk as string)).split('\n');
    rest = lines.pop() ?? '';
    yield* lines;
  }
  if (rest !== '') yield rest;
}

const parse = (line: string): unknown => {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
};

const eventOf = (
  value: Readonly<Record<string, unknown>>,
  refuse: (reason: string) => OperationRefused,
): ExportedEvent => {
  try {
    return readEvent(value);
  } catch (error) {
    throw error instanceof OperationRefused ? refuse(error.message) : error;
  }
};
