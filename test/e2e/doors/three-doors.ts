import type { TestNats } from '../../services/test-nats.js';
import type { TestRecount } from '../../services/test-recount.js';
import type { DoorClient } from './door-client.js';
import { GrpcDoorClient } from './grpc-client.js';
import { NatsDoorClient } from './nats-client.js';
import { RestDoorClient } from './rest-client.js';

export const DOORS = ['REST', 'NATS', 'gRPC'] as const;

/** The same caller at every door of one installation. */
export class ThreeDoors {
  private constructor(
    private readonly clients: readonly DoorClient[],
    private readonly connections: readonly (NatsDoorClient | GrpcDoorClient)[],
  ) {}

  static async open(
    { url, grpcAddress }: Pick<TestRecount, 'url' | 'grpcAddress'>,
    nats: TestNats,
    key: string,
  ): Promise<ThreeDoors> {
    const connections = [
      await NatsDoorClient.connect(nats.url, key),
      GrpcDoorClient.connect(grpcAddress, key),
    ] as const;
    return new ThreeDoors([new RestDoorClient(url, key), ...connections], connections);
  }

  at(door: (typeof DOORS)[number]): DoorClient {
    return this.clients.find((client) => client.door === door)!;
  }

  async stop(): Promise<void> {
    await Promise.all(this.connections.map((connection) => connection.stop()));
  }
}
