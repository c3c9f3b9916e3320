import { type EventStoreDBClient } from '@eventstore/db-client';

import { EventLogUnavailable } from '#kernel';

import { AppendChannel } from './channel/append-channel.js';
import { connectTo, type NodeSession } from './channel/node-session.js';
import { ReadChannel } from './channel/read-channel.js';
import { mayShowLogin } from './clear-credentials.js';
import { type ConnectedClient, connect } from './client.js';
import { Cluster } from './cluster.js';
import { type ConnectionSettings, connectionSettings } from './connection-string.js';

export interface ConnectionPatience {
  /** How often it is looked whether another node leads by now, and how long a node may take to say so. */
  readonly leaderLookMs: number;
  readonly gossipMs: number;
  /** How long an append may take, once it is sent, and a channel to connect: nobody else looks at the clock. */
  readonly attemptMs: number;
}

/** `package`: by the client package alone. `channel`: by channels of our own, and by the package where those cannot. */
export type Way = 'channel' | 'package';

/** To the node that the client asks. */
interface Channels {
  readonly appends: AppendChannel;
  readonly reads: ReadChannel;
}

/** A client while somebody uses it. */
export interface Lease extends Partial<Channels> {
  readonly client: EventStoreDBClient;
  /** Aborts when another node leads, or the connection is disposed of. */
  readonly over: AbortSignal;
  release(): void;
}

interface Generation extends ConnectedClient {
  readonly channels: Channels | undefined;
  /** The node that it was told to connect to; none if the connection string names a single one. */
  leader: string | undefined;
  readonly over: AbortController;
  users: number;
}

/** The client of this process, and what replaces it when its peer does not do. */
export class Connection {
  private readonly closing = new AbortController();
  private readonly settings: ConnectionSettings;
  private readonly cluster: Cluster | undefined;
  private readonly generations = new Set<Generation>();
  private readonly watch: NodeJS.Timeout | undefined;
  private current: Generation;
  private isLooking = false;
  /** The furthest position that a server has acknowledged: whoever has less of the log is not to be read from. */
  private furthest = 0n;

  /** @throws WrongConnectionString */
  constructor(
    connectionString: string,
    private readonly patience: ConnectionPatience,
    private readonly way: Way,
  ) {
    this.settings = connectionSettings(connectionString);
    const { isCluster, hosts, credentials } = this.settings;
    const { leaderLookMs, gossipMs } = patience;
    if (isCluster) {
      this.cluster = new Cluster(hosts, credentials, gossipMs);
      this.watch = setInterval(() => void this.look(), leaderLookMs).unref();
    }
    this.current = this.generation();
  }

  /** Aborts when the connection is disposed of. */
  get closed(): AbortSignal {
    return this.closing.signal;
  }

  get acknowledged(): bigint {
    return this.furthest;
  }

  /** @throws EventLogUnavailable once it is disposed of */
  lease(): Lease {
    if (this.closed.aborted) throw new EventLogUnavailable('The connection to the event log is closed.');
    const generation = this.current;
    generation.users++;
    return {
      client: generation.client,
      ...generation.channels,
      over: generation.over.signal,
      release: () => {
        generation.users--;
        this.dropIfUnused(generation);
      },
    };
  }

  acknowledge(position: bigint): void {
    if (position > this.furthest) this.furthest = position;
  }

  /**
   * Its peer is silent, or answers as a node does that should not be asked: what comes next goes by a new client, which looks for
   * the leader anew. What others have open on it goes on, and finds out by itself.
   * @param leader whom it named instead of itself: asked next where nobody else knows who leads
   */
  distrust(client: EventStoreDBClient, leader?: string): void {
    if (client === this.current.client) this.replace(leader);
  }

  async dispose(): Promise<void> {
    this.closing.abort();
    clearInterval(this.watch);
    await Promise.all([...this.generations].map((generation) => this.drop(generation)));
  }

  private generation(named?: string): Generation {
    const { cluster, settings } = this;
    const findLeader =
      cluster &&
      (async (): Promise<string> => {
        generation.leader = await cluster.leader();
        return generation.leader;
      });
    const followNamed = named !== undefined && mayShowLogin(named, settings) ? () => Promise.resolve(named) : undefined;
    const connected = connect(settings.text, findLeader ?? followNamed);
    const generation: Generation = {
      ...connected,
      channels: this.way === 'channel' ? this.channels(connected) : undefined,
      leader: undefined,
      over: new AbortController(),
      users: 0,
    };
    this.generations.add(generation);
    return generation;
  }

  private channels({ node }: ConnectedClient): Channels {
    const { settings, patience } = this;
    const open = async (): Promise<NodeSession> => connectTo(await node(), settings);
    return {
      appends: new AppendChannel(open, patience.attemptMs),
      reads: new ReadChannel(open, patience.attemptMs),
    };
  }

  private replace(named?: string): void {
    if (this.closed.aborted) return;
    const before = this.current;
    this.current = this.generation(named);
    before.channels?.appends.retire();
    this.dropIfUnused(before);
  }

  /** A node that has lost the majority may say nothing, and no error either. */
  private async look(): Promise<void> {
    if (this.isLooking) return;
    this.isLooking = true;
    try {
      const leader = await this.cluster!.leader();
      const stale = [...this.generations].filter((one) => one.leader !== undefined && one.leader !== leader);
      if (stale.includes(this.current)) this.replace();
      for (const { over } of stale) over.abort();
    } catch {
      // Nobody leads at the moment: whoever asks meanwhile is told so.
    } finally {
      this.isLooking = false;
    }
  }

  private dropIfUnused(generation: Generation): void {
    if (generation !== this.current && generation.users === 0) void this.drop(generation);
  }

  private async drop(generation: Generation): Promise<void> {
    this.generations.delete(generation);
    generation.over.abort();
    generation.channels?.appends.close();
    generation.channels?.reads.close();
    await generation.close();
  }
}
