import { type EventStoreDBClient } from '@eventstore/db-client';

import { EventLogUnavailable } from '#kernel';

import { type ConnectedClient, connect } from './client.js';
import { Cluster } from './cluster.js';
import { type ConnectionSettings, connectionSettings } from './connection-string.js';

export interface ConnectionPatience {
  /** How often it is looked whether another node leads by now, and how long a node may take to say so. */
  readonly leaderLookMs: number;
  readonly gossipMs: number;
}

/** A client while somebody uses it. */
export interface Lease {
  readonly client: EventStoreDBClient;
  /** Aborts when another node leads, or the connection is disposed of. */
  readonly over: AbortSignal;
  release(): void;
}

interface Generation extends ConnectedClient {
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
  constructor(connectionString: string, { leaderLookMs, gossipMs }: ConnectionPatience) {
    this.settings = connectionSettings(connectionString);
    const { isCluster, hosts, credentials } = this.settings;
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
   */
  distrust(client: EventStoreDBClient): void {
    if (client === this.current.client) this.replace();
  }

  async dispose(): Promise<void> {
    this.closing.abort();
    clearInterval(this.watch);
    await Promise.all([...this.generations].map((generation) => this.drop(generation)));
  }

  private generation(): Generation {
    const { cluster } = this;
    const findLeader =
      cluster &&
      (async (): Promise<string> => {
        generation.leader = await cluster.leader();
        return generation.leader;
      });
    const generation: Generation = {
      ...connect(this.settings.text, findLeader),
      leader: undefined,
      over: new AbortController(),
      users: 0,
    };
    this.generations.add(generation);
    return generation;
  }

  private replace(): void {
    if (this.closed.aborted) return;
    const before = this.current;
    this.current = this.generation();
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
    await generation.close();
  }
}
