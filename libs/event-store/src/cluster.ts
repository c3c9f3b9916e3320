import { GossipService } from '@eventstore/db-client/generated/gossip_grpc_pb.js';
import gossipMessages, { type ClusterInfo } from '@eventstore/db-client/generated/gossip_pb.js';
import sharedMessages from '@eventstore/db-client/generated/shared_pb.js';
import { type ChannelCredentials, Client } from '@grpc/grpc-js';

import { EventLogUnavailable } from '#kernel';

import { type Endpoint } from './connection-string.js';

/** What one node says of the cluster. */
export type View = readonly Member[];

export interface Member {
  readonly endpoint: string;
  readonly isAlive: boolean;
  readonly isLeader: boolean;
  /** Whether it is one of those whose majority elects and acknowledges. */
  readonly votes: boolean;
}

const { VNodeState } = gossipMessages.MemberInfo;
const WITHOUT_VOTE: readonly number[] = [
  VNodeState.MANAGER,
  VNodeState.READONLYLEADERLESS,
  VNodeState.PREREADONLYREPLICA,
  VNodeState.READONLYREPLICA,
];

/**
 * The nodes of a cluster, and whom they take for their leader. The package asks the first node that answers: a leader that is cut off
 * from the others goes on naming itself there. Here all known nodes are asked.
 */
export class Cluster {
  private members: readonly string[] = [];
  private readonly seeds: readonly string[];

  constructor(
    hosts: readonly Endpoint[],
    private readonly credentials: ChannelCredentials,
    private readonly answerWithinMs: number,
  ) {
    this.seeds = hosts.map(({ address, port }) => `${address}:${port}`);
  }

  /** @throws EventLogUnavailable if no leader is known to nodes that see a majority */
  async leader(): Promise<string> {
    const leader = (await this.leaderAmong(this.members)) ?? (await this.leaderAmong(this.seeds));
    if (leader === undefined) throw new EventLogUnavailable('No node of the event store knows a leader.');
    return leader;
  }

  private async leaderAmong(nodes: readonly string[]): Promise<string | undefined> {
    const views = await this.viewsOf(nodes);
    const [leader] = mostVoted(views);
    if (leader !== undefined) this.members = [...new Set(views.flat().map(({ endpoint }) => endpoint))];
    return leader;
  }

  /** Until they are clear: a node that says nothing is not waited for where most of the others agree. */
  private viewsOf(nodes: readonly string[]): Promise<readonly View[]> {
    const views: View[] = [];
    const over = new AbortController();
    return new Promise((resolve) => {
      const conclude = (): void => {
        resolve(views);
        over.abort();
      };
      const asked = nodes.map(async (node) => {
        views.push(await this.ask(node, over.signal));
        if (mostVoted(views)[1] * 2 > nodes.length) conclude();
      });
      void Promise.allSettled(asked).then(conclude);
    });
  }

  /** Over a connection of its own: one that is kept could be the one that has gone silent. */
  private ask(node: string, over: AbortSignal): Promise<View> {
    const { path, requestSerialize, responseDeserialize } = GossipService.read;
    const client = new Client(node, this.credentials);
    return new Promise((resolve, reject) => {
      const options = { deadline: Date.now() + this.answerWithinMs };
      const call = client.makeUnaryRequest(
        path,
        requestSerialize,
        responseDeserialize,
        new sharedMessages.Empty(),
        options,
        (error, info) => {
          over.removeEventListener('abort', cancel);
          client.close();
          if (error === null && info !== undefined) resolve(viewOf(info));
          else reject(error ?? new Error('The answer is empty.'));
        },
      );
      const cancel = (): void => call.cancel();
      over.addEventListener('abort', cancel);
    });
  }
}

const viewOf = (info: ClusterInfo): View =>
  info.getMembersList().map((member) => ({
    endpoint: `${member.getHttpEndPoint()?.getAddress()}:${member.getHttpEndPoint()?.getPort()}`,
    isAlive: member.getIsAlive(),
    isLeader: member.getState() === VNodeState.LEADER,
    votes: !WITHOUT_VOTE.includes(member.getState()),
  }));

/** Whom most nodes take for the leader. Who does not see a majority is not asked: it cannot acknowledge anything either. */
export const electedBy = (views: readonly View[]): string | undefined => mostVoted(views)[0];

const mostVoted = (views: readonly View[]): readonly [leader: string | undefined, votes: number] => {
  const votes = new Map<string, number>();
  for (const view of views.filter(seesMajority)) {
    const leader = view.find(({ isAlive, isLeader }) => isAlive && isLeader)?.endpoint;
    if (leader !== undefined) votes.set(leader, (votes.get(leader) ?? 0) + 1);
  }
  return [...votes].sort(([, one], [, other]) => other - one)[0] ?? [undefined, 0];
};

const seesMajority = (view: View): boolean => {
  const voters = view.filter(({ votes }) => votes);
  return voters.filter(({ isAlive }) => isAlive).length * 2 > voters.length;
};
