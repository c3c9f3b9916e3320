/** Does to the installation what the plan says, and takes it back. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Fault, Kind } from './fault-plan.js';
import type { Installation } from './installation.js';
import type { Part } from './part.js';

/** So many parts are in trouble at the same time. */
const AT_ONCE_MAX = 3;

export class Infliction {
  done = 0;
  readonly byKind = new Map<string, number>();
  readonly leftOut = new Map<Kind, number>();
  /** One part has one fault at a time. */
  private readonly last = new Map<Part, Promise<void>>();
  /** When the server itself was in trouble, and could keep no promise. */
  private readonly excuses: { readonly from: number; to: number }[] = [];

  constructor(
    private readonly installation: Installation,
    private readonly plan: readonly Fault[],
    private readonly told: (fault: Fault) => void,
  ) {}

  /** Whether the server was in trouble at any time between these two. */
  isExcused(from: number, to: number): boolean {
    return this.excuses.some((excuse) => excuse.from < to && from < excuse.to);
  }

  get progress(): number {
    return this.done / this.plan.length;
  }

  async run(): Promise<void> {
    const running = new Set<Promise<void>>();
    for (const fault of this.plan) {
      await sleep(fault.afterMilliseconds);
      while (running.size >= AT_ONCE_MAX) await Promise.race(running);
      const one: Promise<void> = this.inTurn(fault).finally(() => running.delete(one));
      running.add(one);
    }
    await Promise.all(running);
  }

  private inTurn(fault: Fault): Promise<void> {
    const part = this.installation.part(fault);
    const before = this.last.get(part) ?? Promise.resolve();
    const one = before.then(() => this.inflict(fault, part));
    this.last.set(part, one);
    return one;
  }

  private async inflict(fault: Fault, part: Part): Promise<void> {
    const what = `${fault.target} ${fault.kind}`;
    this.told(fault);
    const excuse = { from: performance.now(), to: Infinity };
    if (fault.target === 'server') this.excuses.push(excuse);
    if (await this.isDone(fault, part)) this.byKind.set(what, (this.byKind.get(what) ?? 0) + 1);
    else this.leftOut.set(fault.kind, (this.leftOut.get(fault.kind) ?? 0) + 1);
    excuse.to = performance.now();
    this.done++;
  }

  /** Whether it could be done here. */
  private async isDone({ kind, milliseconds, hours }: Fault, part: Part): Promise<boolean> {
    switch (kind) {
      case 'killed':
        await part.kill();
        await sleep(milliseconds);
        await part.start();
        return true;
      case 'restarted':
        await part.stop();
        await part.start();
        return true;
      case 'frozen':
        part.freeze();
        await sleep(milliseconds);
        part.thaw();
        return true;
      case 'reset':
        part.relay.cut();
        await sleep(milliseconds);
        part.relay.goOn();
        return true;
      case 'held up':
      case 'lost':
        part.relay.fallSilent(kind === 'lost' ? 'loses' : 'holds');
        await sleep(milliseconds);
        part.relay.goOn();
        return true;
      case 'disk full':
        return this.fillDisk(part, milliseconds);
      case 'clock moved':
        this.installation.moveClock(hours);
        await sleep(milliseconds);
        this.installation.moveClock(0);
        return true;
    }
  }

  private async fillDisk(part: Part, milliseconds: number): Promise<boolean> {
    const { disk } = this.installation;
    if (disk === null) return false;
    await disk.fill();
    await sleep(milliseconds);
    await disk.empty();
    if (!part.isRunning) await part.start();
    return true;
  }
}
