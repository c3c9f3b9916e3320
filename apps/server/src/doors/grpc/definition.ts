import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { loadSync, type Options, type PackageDefinition } from '@grpc/proto-loader';
import { protoPath as HEALTH_PROTO } from 'grpc-health-check';

export const PACKAGE = 'recount.v1';
export const SERVICE = `${PACKAGE}.Billing`;

/** Where the published `.proto` files are: of the package that this process runs from. */
export const PROTO_FOLDER = join(
  dirname(createRequire(import.meta.url).resolve('recount/package.json')),
  'libs/contracts/proto',
);

/** What is not set is absent, as in JSON; 64 bits are exact as texts. */
export const LOADER: Options = { longs: String, enums: String, defaults: false, includeDirs: [PROTO_FOLDER] };

export const packageDefinition = (): PackageDefinition => loadSync(['recount/v1/billing.proto', HEALTH_PROTO], LOADER);

export interface Rpc {
  /** Also the name of the operation. */
  readonly name: string;
  readonly streams: boolean;
}

/** The rpcs that the `.proto` declares. */
export const rpcs = (): readonly Rpc[] => {
  const service = packageDefinition()[SERVICE] as Readonly<Record<string, { readonly responseStream: boolean }>>;
  return Object.entries(service).map(([name, { responseStream }]) => ({ name, streams: responseStream }));
};
