import shared from '@eventstore/db-client/generated/shared_pb.js';
import { ServerFeaturesClient } from '@eventstore/db-client/generated/serverfeatures_grpc_pb.js';
import type features from '@eventstore/db-client/generated/serverfeatures_pb.js';
import { credentials } from '@grpc/grpc-js';
import { beforeAll, describe, expect, it } from '@jest/globals';

import { type Setting } from './protocol-setting.js';

const STREAMS = 'event_store.client.streams.streams';

export const describeFeatures = ({ name, connectionString }: Setting): void => {
  describe(`what ${name} says that it can do`, () => {
    let supported: features.SupportedMethods;
    beforeAll(async () => {
      const { host, searchParams } = new URL(connectionString());
      const isClear = searchParams.get('tls') === 'false';
      const client = new ServerFeaturesClient(host, isClear ? credentials.createInsecure() : credentials.createSsl());
      supported = await new Promise((resolve, reject) => {
        client.getSupportedMethods(new shared.Empty(), (error, answer) =>
          error === null ? resolve(answer) : reject(error),
        );
      });
      client.close();
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

    it('2.3/version: it is three numbers', () => {
      expect(supported.getEventStoreServerVersion()).toMatch(/^\d+\.\d+\.\d+/u);
    });
  });
};
