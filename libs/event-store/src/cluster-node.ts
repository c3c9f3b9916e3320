import { GossipService } from '@eventstore/db-client/generated/gossip_grpc_pb.js';
import gossipMessages from '@eventstore/db-client/generated/gossip_pb.js';
import sharedMessages from '@eventstore/db-client/generated/shared_pb.js';
import statusMessages from '@eventstore/db-client/generated/status_pb.js';
import { StreamsService } from '@eventstore/db-client/generated/streams_grpc_pb.js';
import streamMessages from '@eventstore/db-client/generated/streams_pb.js';
import { ServerFeaturesService } from '@eventstore/db-client/generated/serverfeatures_grpc_pb.js';
import {
  Client,
  credentials,
  Metadata,
  type sendUnaryData,
  Server,
  ServerCredentials,
  type ServerDuplexStream,
  type ServerUnaryCall,
  type ServerWritableStream,
  status,
} from '@grpc/grpc-js';

import { writerOf } from './fields.js';

const asIs = (bytes: Buffer): Buffer => bytes;
const bytesBoth = { requestDeserialize: asIs, responseSerialize: asIs };

/** How a node is told of by another one. */
export interface Told {
  readonly node: ClusterNode;
  readonly state: 'leader' | 'follower' | 'gone';
}

/**
 * For tests: one node of a cluster, before an embedded store, with a gossip of its own. What stores replicate is up to the test.
 */
export class ClusterNode {
  /** What its gossip says; nothing while it does not answer. */
  gossip: readonly Told[] = [];
  /** Whether it answers appends as a node does that is not ready, in words that the client package does not know. */
  isReady = true;
  /** Whether it refuses to have the whole log read, as it does to a user without the right. */
  allIsDenied = false;
  /** Whether it refuses appends, as it does to a user without the right. */
  appendIsDenied = false;
  /** Whether it takes nobody's name and password. */
  userIsUnknown = false;
  /** Whom it names instead of itself when it is asked to append. */
  leaderInstead: ClusterNode | undefined;
  /** How many appends it was asked to take. */
  asked = 0;
  private port = 0;

  private constructor(
    private readonly server: Server,
    private readonly upstream: Client,
  ) {}

  static async before(connectionString: string): Promise<ClusterNode> {
    const upstream = new Client(new URL(connectionString).host, credentials.createInsecure());
    const node = new ClusterNode(new Server(), upstream);
    const { read, batchAppend } = StreamsService;
    node.server.addService(
      { read: { ...read, ...bytesBoth }, batchAppend: { ...batchAppend, ...bytesBoth } },
      {
        read: (call: ServerWritableStream<Buffer, Buffer>) => node.read(call),
        batchAppend: (call: ServerDuplexStream<Buffer, Buffer>) => node.append(call),
      },
    );
    node.server.addService(
      { ask: { ...ServerFeaturesService.getSupportedMethods, ...bytesBoth } },
      { ask: node.features },
    );
    node.server.addService(GossipService, { read: node.tell });
    node.port = await new Promise<number>((resolve, reject) => {
      node.server.bindAsync('127.0.0.1:0', ServerCredentials.createInsecure(), (error, bound) =>
        error === null ? resolve(bound) : reject(error),
      );
    });
    return node;
  }

  get address(): string {
    return `127.0.0.1:${this.port}`;
  }

  stop(): Promise<void> {
    this.server.forceShutdown();
    this.upstream.close();
    return Promise.resolve();
  }

  private read(call: ServerWritableStream<Buffer, Buffer>): void {
    const { path } = StreamsService.read;
    if (this.userIsUnknown) {
      call.emit('error', { code: status.UNAUTHENTICATED, details: 'Unauthenticated' });
      return;
    }
    if (this.allIsDenied && streamMessages.ReadReq.deserializeBinary(call.request).getOptions()?.hasAll() === true) {
      call.emit('error', accessDenied());
      return;
    }
    const answers = this.upstream.makeServerStreamRequest(path, asIs, asIs, call.request);
    answers.on('data', (message: Buffer) => call.write(message));
    answers.on('end', () => call.end());
    answers.on('error', (error) => call.emit('error', error));
    call.on('cancelled', () => answers.cancel());
  }

  private append(call: ServerDuplexStream<Buffer, Buffer>): void {
    const { path } = StreamsService.batchAppend;
    const upstream = this.upstream.makeBidiStreamRequest(path, asIs, asIs);
    upstream.on('data', (answer: Buffer) => call.write(answer));
    upstream.on('error', () => call.end());
    call.on('data', (request: Buffer) => {
      this.asked++;
      if (this.leaderInstead !== undefined) call.emit('error', notLeader(this.leaderInstead.address));
      else if (this.appendIsDenied) call.emit('error', accessDenied());
      else if (this.isReady) upstream.write(request);
      else call.write(notReady(streamMessages.BatchAppendReq.deserializeBinary(request)));
    });
    call.on('end', () => upstream.end());
    call.on('cancelled', () => upstream.cancel());
    call.on('error', () => upstream.cancel());
  }

  private readonly features = (call: ServerUnaryCall<Buffer, Buffer>, answer: sendUnaryData<Buffer>): void => {
    this.upstream.makeUnaryRequest(
      ServerFeaturesService.getSupportedMethods.path,
      asIs,
      asIs,
      call.request,
      (error, found) => answer(error, found ?? null),
    );
  };

  private readonly tell = (_call: unknown, answer: sendUnaryData<unknown>): void => {
    const info = new gossipMessages.ClusterInfo();
    for (const { node, state } of this.gossip) info.addMembers(memberOf(node, state));
    answer(this.gossip.length === 0 ? { code: status.UNAVAILABLE, details: 'Cut off.' } : null, info);
  };
}

const accessDenied = () => {
  const metadata = new Metadata();
  metadata.set('exception', 'access-denied');
  return { code: status.PERMISSION_DENIED, details: 'Access Denied', metadata };
};

const notLeader = (leader: string) => {
  const metadata = new Metadata();
  const [host, port] = leader.split(':');
  metadata.set('exception', 'not-leader');
  metadata.set('leader-endpoint-host', host!);
  metadata.set('leader-endpoint-port', port!);
  return { code: status.NOT_FOUND, details: `Leader info available at ${leader}`, metadata };
};

const memberOf = (node: ClusterNode, state: Told['state']): InstanceType<typeof gossipMessages.MemberInfo> => {
  const { FOLLOWER, LEADER } = gossipMessages.MemberInfo.VNodeState;
  const [address, port] = node.address.split(':');
  const endpoint = new gossipMessages.EndPoint();
  endpoint.setAddress(address!);
  endpoint.setPort(Number(port));
  const member = new gossipMessages.MemberInfo();
  const id = new sharedMessages.UUID();
  id.setString('00000000-0000-4000-8000-000000000000');
  member.setInstanceId(id);
  member.setHttpEndPoint(endpoint);
  member.setIsAlive(state !== 'gone');
  member.setState(state === 'leader' ? LEADER : FOLLOWER);
  return member;
};

/** A `google.rpc.Status` whose details, of which the package makes its errors, are of no kind that it knows. */
const NOT_READY = writerOf()
  .uint32((2 << 3) | 2)
  .string('Server Is Not Ready')
  .uint32((3 << 3) | 2)
  .fork()
  .uint32((1 << 3) | 2)
  .string('type.googleapis.com/google.protobuf.Empty')
  .ldelim()
  .finish();

const notReady = (request: InstanceType<typeof streamMessages.BatchAppendReq>): Buffer => {
  const answer = new streamMessages.BatchAppendResp();
  answer.setCorrelationId(request.getCorrelationId());
  answer.setStreamIdentifier(request.getOptions()?.getStreamIdentifier());
  answer.setError(statusMessages.Status.deserializeBinary(NOT_READY));
  return Buffer.from(answer.serializeBinary());
};
