/** A process of the server, that somebody starts again whenever it is gone. */
import { setTimeout as sleep } from 'node:timers/promises';
import { Product } from '../../processes/product.js';
import { Relay } from '../../services/relay.js';
import { Frozen, type Part, signalled } from './part.js';

/** It refuses to start while something that it needs is away. */
const START_PATIENCE_MILLISECONDS = 180_000;
const START_PAUSE_MILLISECONDS = 500;
/** Promised of a stop, whatever hangs. */
const STOP_MILLISECONDS_MAX = 30_000;

export class ServerPart implements Part {
  /** Why it ended, when nobody had asked it to; and stops that took too long. */
  readonly faults: string[] = [];
  /** What it said in all its lives. */
  said = '';
  private isWanted = true;
  private readonly frozen = new Frozen();

  private constructor(
    private readonly environment: NodeJS.ProcessEnv,
    private product: Product | undefined,
    readonly relay: Relay,
  ) {}

  static async start(environment: NodeJS.ProcessEnv): Promise<ServerPart> {
    const product = await Product.start(environment);
    const relay = await Relay.before(portOf(product));
    const part = new ServerPart(environment, product, relay);
    part.watch(product);
    return part;
  }

  /** Of its API, if it has that role; others tell of their health there. */
  get url(): string {
    return `http://127.0.0.1:${this.relay.port}`;
  }

  get servesApi(): boolean {
    return this.environment['ROLE']!.includes('api');
  }

  get isRunning(): boolean {
    return this.product !== undefined;
  }

  async start(): Promise<void> {
    this.isWanted = true;
    for (const begun = performance.now(); this.product === undefined;) {
      try {
        this.product = await Product.start(this.environment);
      } catch (error) {
        if (performance.now() - begun > START_PATIENCE_MILLISECONDS) throw error;
        await sleep(START_PAUSE_MILLISECONDS);
      }
    }
    this.relay.leadTo(portOf(this.product));
    this.watch(this.product);
  }

  async kill(): Promise<void> {
    this.isWanted = false;
    await this.product?.signal('SIGKILL');
  }

  async stop(): Promise<void> {
    this.isWanted = false;
    const begun = performance.now();
    const code = (await this.product?.signal('SIGTERM')) ?? 0;
    const milliseconds = performance.now() - begun;
    if (code !== 0) this.faults.push(`It stopped with exit code ${code}.`);
    if (milliseconds > STOP_MILLISECONDS_MAX) this.faults.push(`It stopped after ${Math.round(milliseconds)} ms.`);
  }

  freeze(): void {
    if (this.product) this.frozen.freeze([this.product.pid]);
  }

  thaw(): void {
    this.frozen.thaw();
  }

  /** So that nothing is left behind. */
  async end(): Promise<void> {
    this.isWanted = false;
    if (this.product) signalled(this.product.pid, 'SIGCONT');
    await this.product?.signal('SIGKILL');
    await this.relay.stop();
  }

  private watch(product: Product): void {
    void product.ended.then((code) => {
      this.said += product.output;
      this.product = undefined;
      if (!this.isWanted) return;
      this.faults.push(`It ended by itself, with exit code ${code}: ${product.lines.slice(-3).join(' ')}`);
      void this.start();
    });
  }

  /** Also of the life that is not over. */
  get output(): string {
    return this.said + (this.product?.output ?? '');
  }
}

const portOf = (product: Product): number => Number(new URL(product.origin).port);
