import { EventStoreDBClient, jsonEvent } from '@eventstore/db-client';
import shared from '@eventstore/db-client/generated/shared_pb.js';
import { GossipClient } from '@eventstore/db-client/generated/gossip_grpc_pb.js';
import gossip from '@eventstore/db-client/generated/gossip_pb.js';
import type features from '@eventstore/db-client/generated/serverfeatures_pb.js';
import { beforeAll, describe, expect, it } from '@jest/globals';

import { aStream, collect } from './samples.js';

import { channelOf, type Setting, supportedMethods } from './setting.js';

const LEADER = gossip.MemberInfo.VNodeState.LEADER;

const STREAMS = 'event_store.client.streams.streams';

export const describeFeatures = ({ name, connectionString }: Setting): void => {
  describe(`what ${name} says that it can do`, () => {
    let supported: features.SupportedMethods;
    beforeAll(async () => {
      supported = await supportedMethods(connectionString());
    });

    it.each([
      ['read', ['position', 'events']],
      ['append', []],
      ['batchappend', ['deadline_duration']],
      ['delete', []],
      ['tombstone', []],
    ])('2.3/%s: it is told, in lower case, with its features', (method, wanted) => {
      const found = supported
        .getMethodsList()
        .find((one) => one.getServiceName() === STREAMS && one.getMethodName() === method);
      expect(found?.getFeaturesList()).toEqual(expect.arrayContaining(wanted));
    });

    it('2.2/gossip: who asks a cluster of one hears who leads, and where', async () => {
      const { host } = new URL(connectionString());
      const client = new GossipClient(host, channelOf(connectionString()));
      const info = await new Promise<gossip.ClusterInfo>((resolve, reject) => {
        client.read(new shared.Empty(), (error, answer) => (error === null ? resolve(answer) : reject(error)));
      });
      client.close();
      const members = info.getMembersList();
      const leaders = members.filter((member) => member.getState() === LEADER && member.getIsAlive());
      expect(leaders).toHaveLength(1);
      expect(leaders[0]!.getHttpEndPoint()?.getPort()).toBe(Number(host.split(':')[1]));
    });

    it.each<[string, (host: string) => string]>([
      ['discover', (host) => `esdb+discover://${host}`],
      ['two-hosts', (host) => `esdb://127.0.0.1:1,${host}`],
    ])('2.2/discovery/%s: clients that look for a leader find it', async (_id, schemeAndHosts) => {
      const { host, search } = new URL(connectionString());
      const options = `${search}&gossipTimeout=5&maxDiscoverAttempts=5`;
      const client = EventStoreDBClient.connectionString(`${schemeAndHosts(host)}${options}`);
      const stream = aStream();
      await client.appendToStream(stream, jsonEvent({ type: 'Found', data: {} }));
      await expect(collect(client.readStream(stream))).resolves.toHaveLength(1);
      await client.dispose();
    });

    it('2.3/version: it is three numbers', () => {
      expect(supported.getEventStoreServerVersion()).toMatch(/^\d+\.\d+\.\d+/u);
    });
  });
};
