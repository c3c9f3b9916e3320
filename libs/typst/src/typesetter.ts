import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { printable, refuse } from '#kernel';
import { breakable } from './breakable.js';
import { fontsOf, type Fonts } from './fonts.js';
import { INVOICE_TEMPLATE } from './invoice-template.js';
import type { Order, OrderedLogo, Outcome, Setting } from './protocol.js';

const WAITING_MAX = 100;
const PATIENCE_MILLISECONDS = 10_000;
/** It is TypeScript where this is. */
const PROCESS = fileURLToPath(new URL(`./typst-process${extname(import.meta.url)}`, import.meta.url));

interface Waiting {
  readonly order: Order;
  readonly fonts: Fonts;
  readonly done: (outcome: Outcome | 'late' | 'abandoned') => void;
  readonly failed: (error: Error) => void;
}

export interface TypesetterOptions {
  /** Of fonts beside those that come with the product. */
  readonly fontFolder?: string | null;
  readonly template?: string;
  readonly patienceMilliseconds?: number;
  readonly waitingMax?: number;
}

/** `content` in base64. */
interface Picture {
  readonly mediaType: 'image/png' | 'image/jpeg';
  readonly content: string;
}

export interface PdfOptions {
  /** The e-invoice that it has inside, in the syntax of CII. */
  readonly facturX?: string | undefined;
  readonly logo?: Picture | null;
  readonly abandoned?: AbortSignal | undefined;
}

/** What the typesetter says of what it could not lay out. */
export class LayoutFailed extends Error {
  constructor(fault: string) {
    super(`The document could not be laid out: ${fault}`);
    this.name = 'LayoutFailed';
  }
}

/**
 * Lays out documents as PDF/A-3, one after the other, in a process that is started for the first of them and ends with this one. The same data is the same document,
 * byte by byte.
 */
export class Typesetter {
  private readonly waiting: Waiting[] = [];
  private fonts: Promise<Fonts> | undefined;
  private child: ChildProcess | undefined;
  private current: Waiting | undefined;
  private limit: NodeJS.Timeout | undefined;
  private ended = false;

  constructor(private readonly options: TypesetterOptions = {}) {}

  /**
   * `createdAt`: when the document says that it was made, in seconds since 1970. One that still waits when it is `abandoned` is not laid out.
   * @throws DomainError `document_glyph_missing`, `document_too_slow`, `documents_busy`
   */
  async pdf(
    view: object,
    createdAt: number,
    { facturX, logo = null, abandoned }: PdfOptions = {},
  ): Promise<Uint8Array> {
    const fonts = await this.knownFonts();
    if (this.ended || this.waiting.length >= (this.options.waitingMax ?? WAITING_MAX)) {
      return refuse('documents_busy', 'Too many documents wait to be laid out: try again later.', 'unavailable');
    }
    const order = {
      view: JSON.stringify(view, (_, value: unknown) =>
        typeof value === 'string' ? breakable(printable(value)) : value,
      ),
      createdAt,
      ...(facturX === undefined ? {} : { facturX }),
      ...(logo === null ? {} : { logo: ordered(logo) }),
    };
    const outcome = await new Promise<Outcome | 'late' | 'abandoned'>((done, failed) => {
      const waiting = { order, fonts, done, failed };
      if (abandoned?.aborted === true) return done('abandoned');
      abandoned?.addEventListener('abort', () => this.leave(waiting), { once: true });
      this.waiting.push(waiting);
      this.next();
    });
    if (outcome === 'abandoned') return refuse('documents_busy', 'Whoever asked no longer waits.', 'unavailable');
    if (outcome === 'late') {
      return refuse('document_too_slow', 'The document was not laid out within 10 s.', 'unavailable');
    }
    if ('missing' in outcome) return refuse('document_glyph_missing', missingText(outcome.missing));
    if ('fault' in outcome) throw new LayoutFailed(outcome.fault);
    return outcome.pdf;
  }

  /** What waits is told that nobody lays it out any more. */
  async end(): Promise<void> {
    this.ended = true;
    for (const { failed } of this.waiting.splice(0)) failed(new Error(STOPPING));
    const { child } = this;
    if (child === undefined) return;
    child.ref();
    const gone = once(child, 'exit');
    this.drop(({ failed }) => failed(new Error(STOPPING)));
    await gone;
  }

  /** Fonts of a folder that was not there are looked for again. */
  private knownFonts(): Promise<Fonts> {
    this.fonts ??= fontsOf(this.options.fontFolder ?? null).catch((error: unknown) => {
      this.fonts = undefined;
      throw error;
    });
    return this.fonts;
  }

  private leave(waiting: Waiting): void {
    const place = this.waiting.indexOf(waiting);
    if (place === -1) return;
    this.waiting.splice(place, 1);
    waiting.done('abandoned');
  }

  private next(): void {
    if (this.current !== undefined || this.waiting.length === 0) return;
    this.current = this.waiting.shift()!;
    try {
      this.child ??= this.started(this.current.fonts);
    } catch (error) {
      this.drop(({ failed }) => failed(error as Error));
      return;
    }
    this.limit = setTimeout(
      () => this.drop(({ done }) => done('late')),
      this.options.patienceMilliseconds ?? PATIENCE_MILLISECONDS,
    );
    holdOn(this.child, true);
    this.child.send(this.current.order);
  }

  /** It inherits no secret of this one. */
  private started({ files, families }: Fonts): ChildProcess {
    const template = this.options.template ?? INVOICE_TEMPLATE;
    const child = fork(PROCESS, { serialization: 'advanced', execArgv: [], env: {} });
    child.on('message', (outcome: Outcome) => {
      if (this.child !== child) return;
      holdOn(child, false);
      this.settle(({ done }) => done(outcome));
    });
    const gone = (error: Error): void => {
      if (this.child === child) this.drop(({ failed }) => failed(error));
    };
    child.on('error', gone);
    child.on('exit', (code, signal) => gone(new Error(`What lays out documents ended: ${code ?? signal}.`)));
    child.send({ fonts: files, families, template } satisfies Setting);
    return child;
  }

  /** Ends the process, and what it is at; the next document gets another one. */
  private drop(tell: (current: Waiting) => void): void {
    this.child?.kill('SIGKILL');
    this.child = undefined;
    this.settle(tell);
  }

  private settle(tell: (current: Waiting) => void): void {
    clearTimeout(this.limit);
    const { current } = this;
    this.current = undefined;
    if (current !== undefined) tell(current);
    this.next();
  }
}

const ordered = ({ mediaType, content }: Picture): OrderedLogo => ({
  name: mediaType === 'image/png' ? 'logo.png' : 'logo.jpg',
  content,
});

const STOPPING = 'Documents are no longer laid out: the process stops.';

/** No process goes on for one that has nothing to do. */
const holdOn = (child: ChildProcess, holds: boolean): void => {
  for (const held of [child, child.channel])
    if (holds) held?.ref();
    else held?.unref();
};

const missingText = (missing: readonly string[]): string =>
  `No font of this installation has ${missing.slice(0, 10).join(', ')}: the operator names a folder with one that has by RECOUNT_FONT_DIR.`;
