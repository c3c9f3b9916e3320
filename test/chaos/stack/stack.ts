/**
 * Chaos: the whole product under load, while it and whatever it needs are killed, frozen, cut off, restarted, robbed of their disk and
 * their clock. Afterwards everything that was acknowledged is counted.
 */
import { randomInt } from 'node:crypto';
import { counted, isRight } from './counting.js';
import { Checks } from './checks.js';
import { type Fault, plannedFaults, toldFault } from './fault-plan.js';
import { expectedBy, FoundThings } from './found.js';
import { Infliction } from './infliction.js';
import { Installation } from './installation.js';
import { Ledger } from './ledger.js';
import { Load } from './load.js';
import { MONTHS } from './months.js';
import { Answers, PersistentCaller } from './persistent-caller.js';
import { printed } from './report.js';

export interface StackOptions {
  readonly faults: number;
  /** Drawn unless told. */
  readonly seed: number | undefined;
}

const EACH_TOLD = 50;
const EVERYTHING = ['api,projector,worker'];
/** One that makes the tables comes first: it finds them to show the key. */
const SEVERAL = ['projector', 'api', 'worker', 'projector', 'api', 'worker'];
const SEEDS = 2 ** 31;

/** The server in one process. */
export const chaosOfStack = (options: StackOptions): Promise<boolean> => chaosOf('stack', EVERYTHING, options);

/** Of each role two, which callers ask in turn. */
export const chaosOfProcesses = (options: StackOptions): Promise<boolean> => chaosOf('processes', SEVERAL, options);

const chaosOf = async (
  name: string,
  roles: readonly string[],
  { faults, seed = randomInt(SEEDS) }: StackOptions,
): Promise<boolean> => {
  const again = `npm run chaos -- ${name} --faults ${faults} --seed ${seed}`;
  console.log(`${name}: ${faults} faults of seed ${seed}; the same again: ${again}`);
  const installation = await Installation.start(roles);
  try {
    const isWell = await new Run(name, installation, faults, seed).isWell().catch((error: unknown) => {
      console.log(error);
      return false;
    });
    if (!isWell) console.log(`${name}: SOMETHING IS WRONG; the same faults again: ${again}`);
    return isWell;
  } finally {
    await installation.stop();
  }
};

class Run {
  private readonly begun = performance.now();
  private readonly answers = new Answers((from, to) => this.infliction.isExcused(from, to));
  private readonly ledger = new Ledger();
  private readonly caller: PersistentCaller;
  private readonly load: Load;
  private readonly infliction: Infliction;

  constructor(
    private readonly name: string,
    private readonly installation: Installation,
    faults: number,
    seed: number,
  ) {
    const { urls, key } = installation;
    this.caller = new PersistentCaller(urls, key, this.answers);
    this.infliction = new Infliction(installation, plannedFaults(seed, faults), (fault) => this.tell(fault));
    this.load = new Load(this.caller, this.ledger, seed, () => this.infliction.progress);
  }

  async isWell(): Promise<boolean> {
    await this.load.prepare();
    this.at('it runs, and is under load');
    const loaded = this.load.run();
    await Promise.race([this.infliction.run(), loaded]);
    this.at('all faults are over; what is not acknowledged yet is sent again until it is');
    this.load.end();
    await loaded;
    this.at('everything is acknowledged; it is billed to the end, and counted');
    await this.load.bill(MONTHS);
    const count = counted(expectedBy(this.ledger), await new FoundThings(this.caller, this.ledger).all());
    this.at('counted; the whole is verified');
    const differences = await new Checks(this.installation, this.ledger).all();
    printed(this.infliction, this.answers, count, [...this.wrong(), ...differences]);
    return isRight(count) && this.wrong().length + differences.length === 0;
  }

  private at(what: string): void {
    console.log(`${this.name}: ${what} [${Math.round((performance.now() - this.begun) / 1_000)} s]`);
  }

  private wrong(): readonly string[] {
    return [...this.answers.wrong, ...this.installation.servers.flatMap(({ faults }) => faults)];
  }

  private tell(fault: Fault): void {
    if (process.env['CHAOS_PRINTS'] !== undefined) this.at(toldFault(fault));
    if (fault.number % EACH_TOLD !== 0) return;
    console.log(
      `  ${fault.number} faults, ${this.answers.acknowledged} requests acknowledged, ${this.wrong().length} wrong`,
    );
  }
}
