import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { loadSync, type MethodDefinition, type PackageDefinition, type ServiceDefinition } from '@grpc/proto-loader';
import { protoPath as HEALTH_PROTO } from 'grpc-health-check';
import protobuf from 'protobufjs';

export const PACKAGE = 'recount.v1';
export const SERVICE = `${PACKAGE}.Billing`;

/** Where the published `.proto` files are: of the package that this process runs from. */
export const PROTO_FOLDER = join(
  dirname(createRequire(import.meta.url).resolve('recount/package.json')),
  'libs/contracts/proto',
);

/** What is not set is absent, as in JSON; 64 bits are exact as texts. */
export const packageDefinition = (): PackageDefinition =>
  loadSync(['recount/v1/billing.proto', HEALTH_PROTO], { longs: String, includeDirs: [PROTO_FOLDER] });

/** The types of published files by their names. */
export const protoRoot = (...files: readonly string[]): protobuf.Root => {
  const root = new protobuf.Root();
  root.resolvePath = (_origin, target) => (target.startsWith('/') ? target : join(PROTO_FOLDER, target));
  root.loadSync(files.map((file) => join(PROTO_FOLDER, file)));
  root.resolveAll();
  return root;
};

export type Rpcs = Readonly<Record<string, MethodDefinition<object, object>>>;

/** What the `.proto` declares; each rpc has the name of the operation that it carries out. */
export const rpcsIn = (definition: PackageDefinition): Rpcs => definition[SERVICE] as ServiceDefinition;
