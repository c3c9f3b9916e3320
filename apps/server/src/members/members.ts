import { randomUUID } from 'node:crypto';
import { MasterKey } from '#personal-data';
import { Injectable, type BeforeApplicationShutdown } from '@nestjs/common';
import { PinoLogger } from 'nestjs-pino';
import pTimeout from 'p-timeout';
import { Pools } from '../core/pools.js';
import { PRODUCT_VERSION } from '../product-version.js';
import { Metrics } from '../telemetry/metrics.js';
import { NotAnswered } from './errand.js';
import { MemberDoor, type Doing } from './member-door.js';
import { MemberLink } from './member-link.js';
import { MemberSecret } from './member-secret.js';
import { Membership, type Member } from './membership.js';
import { ownerOf } from './ring.js';

const LEAVE_MILLISECONDS_MAX = 2_000;

/** Where a member listens, and where the others reach it. */
export interface MemberAddress {
  readonly host: string;
  /** 0 takes a free one. */
  readonly port: number;
}

/**
 * The processes that take requests, as one: what concerns a stream is done where that belongs to, so that its state is in the memory of one of them,
 * and nobody decides on it beside. It saves work, and guards nothing: whoever cannot be asked, or has not answered, did it or not, and it is done
 * here. What is asked of a member is safe to do twice.
 */
@Injectable()
export class Members implements BeforeApplicationShutdown {
  private readonly id = randomUUID();
  private readonly doings = new Map<string, Doing>();
  private readonly secret: MemberSecret;
  private links: ReadonlyMap<string, MemberLink> = new Map();
  /** Of all members with this one; of one alone, nobody asks whose a key is. */
  private ids: readonly string[] = [];
  private door: MemberDoor | undefined;
  private membership: Membership | undefined;

  constructor(
    private readonly pools: Pools,
    private readonly metrics: Metrics,
    private readonly pino: PinoLogger,
    master: MasterKey,
  ) {
    this.secret = new MemberSecret(master);
    metrics.gauge(
      'recount_members',
      'Processes that take requests and can be asked by this one, with this one.',
      [],
      (gauge) => Promise.resolve(gauge.set(this.reachable)),
    );
  }

  /** What others may ask for. */
  offer<Body>(kind: string, doing: (body: Body) => Promise<unknown>): void {
    this.doings.set(kind, doing);
  }

  /** From now on this process does what is asked of it, and asks. @throws what the system says if it cannot listen there */
  async join({ host, port }: MemberAddress): Promise<void> {
    this.door = await MemberDoor.open(this.secret, this.id, { host, port }, this.doings, (error) =>
      this.pino.error({ err: error }, 'What another member asked for failed, or cannot be told to it.'),
    );
    const address = `${host.includes(':') ? `[${host}]` : host}:${this.door.port}`;
    this.membership = new Membership(
      this.pools.api,
      { id: this.id, address },
      PRODUCT_VERSION,
      (others) => this.learn(others),
      (error) => this.pino.error({ err: error }, 'Which other processes take requests is not found out.'),
    );
    this.membership.begin();
  }

  /**
   * Does it where the key belongs to.
   * @param body what that one is to be told; made only where it is asked
   * @param here `mayBeDone` if that one was asked and has not answered
   * @throws DomainError that it was refused with, wherever it was done
   */
  async doneBy<Answer>(
    key: string,
    kind: string,
    body: () => unknown,
    here: (mayBeDone: boolean) => Promise<Answer>,
  ): Promise<Answer> {
    if (this.ids.length < 2) return here(false);
    const owner = ownerOf(this.ids, key)!;
    if (owner === this.id) return here(false);
    const link = this.links.get(owner)!;
    const { isOpen } = link;
    if (isOpen) {
      try {
        const answer = (await link.ask(kind, body())) as Answer;
        this.metrics.forwarded.inc({ kind, result: 'answered' });
        return answer;
      } catch (error) {
        if (!(error instanceof NotAnswered)) {
          this.metrics.forwarded.inc({ kind, result: 'answered' });
          throw error;
        }
        const level = error.cause === undefined ? 'debug' : 'error';
        this.pino[level]({ err: error, kind, member: link.address }, 'Another member did not do it: it is done here.');
      }
    }
    this.metrics.forwarded.inc({ kind, result: 'not_answered' });
    return here(isOpen);
  }

  /** Decides by itself again, and does what was asked of it to the end. */
  async beforeApplicationShutdown(): Promise<void> {
    const { membership, door } = this;
    this.ids = [];
    await Promise.all([membership && this.leave(membership), door?.close()]);
    for (const link of this.links.values()) link.retire();
  }

  /** Where that cannot be told, this one is taken for gone a few seconds later. */
  private async leave(membership: Membership): Promise<void> {
    try {
      await pTimeout(membership.end(), { milliseconds: LEAVE_MILLISECONDS_MAX });
    } catch (error) {
      this.pino.warn({ err: error }, 'The other processes that take requests could not be told that this one leaves.');
    }
  }

  get reachable(): number {
    if (!this.membership) return 0;
    return 1 + [...this.links.values()].filter(({ isOpen }) => isOpen).length;
  }

  private linkTo({ id, address }: Member): MemberLink {
    return new MemberLink(id, address, this.secret, () =>
      this.pino.warn(
        { member: address },
        `Another process that takes requests is not reached at ${address}: what belongs to it is decided here, which costs more. See MEMBER_HOST.`,
      ),
    );
  }

  private learn(others: readonly Member[]): void {
    const before = this.links;
    const isSame = others.length === before.size && others.every(({ id }) => before.has(id));
    if (isSame) return;
    this.links = new Map(others.map((other) => [other.id, before.get(other.id) ?? this.linkTo(other)]));
    this.ids = [this.id, ...this.links.keys()];
    for (const [id, link] of before) if (!this.links.has(id)) link.retire();
  }
}
