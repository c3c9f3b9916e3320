import { once } from 'node:events';
import { createWriteStream, type WriteStream } from 'node:fs';
import { finished } from 'node:stream/promises';
import { REJECT_COLUMNS, type CsvRecord } from './usage-mapping.js';

interface Rejection {
  readonly code: string;
  readonly message: string;
}

/** Rejected rows as they came, with why: corrected, the file can be imported like the first. Not there where nothing was rejected. */
export interface RejectsFile {
  /** Rows that were no CSV. */
  readonly unreadable: number;
  begin(names: readonly string[]): string[];
  unreadableRow(line: number, error: Error | undefined): void;
  add(record: CsvRecord, line: number, rejection: Rejection): Promise<void>;
  close(): Promise<void>;
}

export const rejectsFile = (path: string): RejectsFile => {
  let names: readonly string[] = [];
  let unreadable = 0;
  let opened: WriteStream | undefined;
  const file = (): WriteStream => {
    if (opened) return opened;
    opened = createWriteStream(path);
    opened.write(csvLine([...names, ...REJECT_COLUMNS]));
    return opened;
  };
  return {
    get unreadable() {
      return unreadable;
    },
    begin(found) {
      names = found.filter((name) => !(REJECT_COLUMNS as readonly string[]).includes(name));
      return [...found];
    },
    unreadableRow(line, error) {
      unreadable += 1;
      file().write(csvLine([...names.map(() => ''), String(line), 'invalid_csv', error?.message ?? '']));
    },
    async add(record, line, { code, message }) {
      const cells = [
        ...names.map((name) => record[name] ?? ''),
        record['rejected_line'] || String(line),
        code,
        message,
      ];
      if (!file().write(csvLine(cells))) await once(file(), 'drain');
    },
    async close() {
      if (!opened) return;
      opened.end();
      await finished(opened);
    },
  };
};

const csvLine = (cells: readonly string[]): string =>
  `${cells.map((cell) => (/[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)).join(',')}\n`;
