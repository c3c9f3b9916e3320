import { readFileSync } from 'node:fs';
import { brokenRules, ciiOf, eInvoice, invoiceHtml, invoiceView, ublOf, type DocumentSource } from '#documents';
import { chargeLine, documentSource } from '../../libs/testing/src/documents.js';
import { Typesetter } from '#typst';
import { between, processorTimeOf, total } from './processor-time.js';
import { print } from './rounds.js';

const DOCUMENTS = Number(process.env['BENCH_DOCUMENTS'] ?? 10_000);
const ROUNDS = 5;
const LINES = 10;
const IN_FLIGHT = 8;

/** Each of them another one: what the layouter remembers of one helps it with none of the next. */
const invoiceOf = (number: number): DocumentSource =>
  documentSource(
    Array.from({ length: LINES }, (_, line) =>
      chargeLine(`Tokens of model ${number}-${line}`, BigInt(number + line * 7)),
    ),
    undefined,
    { number: `INV-${number}` },
  );

/** Invoices of ten lines, one core’s worth of all processes: as pages, as e-invoices with their rules, and as PDF, whose process must not grow. */
export const benchDocuments = async (): Promise<void> => {
  await measured('page', (source) => void invoiceHtml(invoiceView(source, 'en')));
  for (const [name, xmlOf] of [
    ['UBL', ublOf],
    ['CII', ciiOf],
  ] as const)
    await measured(`e-invoice in ${name}, its rules looked at`, (source) => {
      const invoice = eInvoice(source, 'en');
      if (brokenRules(invoice, 'en16931').length > 0) throw new Error('An e-invoice breaks a rule.');
      xmlOf(invoice, 'en16931');
    });
  for (const inside of [false, true]) {
    const typesetter = new Typesetter();
    await measured(inside ? 'PDF with the e-invoice inside' : 'PDF', async (source) => {
      const view = invoiceView(source, 'en');
      const facturX = inside ? ciiOf(eInvoice(source, 'en'), 'en16931') : undefined;
      await typesetter.pdf(view, view.createdAt, { facturX });
    });
    await typesetter.end();
  }
};

const measured = async (title: string, make: (source: DocumentSource) => void | Promise<void>): Promise<void> => {
  const rates: number[] = [];
  const held: number[] = [];
  const each = Math.ceil(DOCUMENTS / ROUNDS);
  for (let round = 0; round < ROUNDS; round++) {
    const before = processorTimeOf(process.pid)!;
    let next = round * each;
    const end = next + each;
    const worker = async (): Promise<void> => {
      while (next < end) await make(invoiceOf(next++));
    };
    await Promise.all(Array.from({ length: IN_FLIGHT }, worker));
    rates.push((each * 1_000_000) / total(between(before, processorTimeOf(process.pid)!)));
    held.push(Math.max(...makersOf(process.pid).map((maker) => memoryOf(maker, 'VmRSS'))));
  }
  print({ title: `${title}, ${LINES} lines, one core`, unit: 'documents/s', rates });
  const most = Math.max(...makersOf(process.pid).map((maker) => memoryOf(maker, 'VmHWM')));
  console.log(`  what makes them holds ${held.join(', ')} MiB after each ${each} of them, ${most} at the most`);
};

/** PDFs are made by a process of their own. */
const makersOf = (pid: number): number[] => {
  const children = childrenOf(pid);
  return children.length > 0 ? children : [pid];
};

const childrenOf = (pid: number): number[] =>
  readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8')
    .split(' ')
    .filter((id) => id.trim() !== '')
    .map(Number);

/** What it holds, or the most that it ever held, in MiB. */
const memoryOf = (pid: number, what: 'VmRSS' | 'VmHWM'): number => {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8').split('\n');
  const [, kibibytes = '0'] = /(\d+) kB/u.exec(status.find((line) => line.startsWith(`${what}:`)) ?? '') ?? [];
  return Math.round(Number(kibibytes) / 1_024);
};
