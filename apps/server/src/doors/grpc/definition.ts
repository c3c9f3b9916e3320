import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { loadSync, type MethodDefinition, type PackageDefinition, type ServiceDefinition } from '@grpc/proto-loader';
import { protoPath as HEALTH_PROTO } from 'grpc-health-check';
import protobuf from 'protobufjs';
import type { Form } from '../../documentation/proto/protocol.js';

export const PACKAGE = 'recount.v1';
export const SERVICE = `${PACKAGE}.Billing`;

const BILLING_PROTO = 'recount/v1/billing.proto';

/** Where the `.proto` files are: of the package that this process runs from. */
export const PROTO_FOLDER = join(
  dirname(createRequire(import.meta.url).resolve('recount/package.json')),
  'libs/contracts/proto',
);

let loaded: PackageDefinition | undefined;

/** What is not set is absent, as in JSON; 64 bits are exact as texts. */
export const packageDefinition = (): PackageDefinition =>
  (loaded ??= loadSync([BILLING_PROTO, HEALTH_PROTO], { longs: String, includeDirs: [PROTO_FOLDER] }));

/** The types of published files by their names. */
export const protoRoot = (...files: readonly string[]): protobuf.Root => {
  const root = new protobuf.Root();
  root.resolvePath = (_origin, target) => (target.startsWith('/') ? target : join(PROTO_FOLDER, target));
  root.loadSync(files.map((file) => join(PROTO_FOLDER, file)));
  root.resolveAll();
  return root;
};

let billing: protobuf.Root | undefined;

/** A message of the API. */
export const messageType = (name: string): protobuf.Type =>
  (billing ??= protoRoot(BILLING_PROTO)).lookupType(`${PACKAGE}.${name}`);

/** By message: its fields whose JSON does not follow from their types. Written with the `.proto`. */
export const jsonForms = JSON.parse(readFileSync(join(PROTO_FOLDER, 'recount/v1/json-forms.json'), 'utf8')) as Readonly<
  Record<string, Readonly<Record<string, Form>>>
>;

type Rpc = MethodDefinition<object, object>;

export type Rpcs = Readonly<Record<string, Rpc>>;

/** What the `.proto` declares; each rpc has the name of the operation that it carries out. */
export const rpcsIn = (definition: PackageDefinition): Rpcs => definition[SERVICE] as ServiceDefinition;

export const requestType = (rpc: Rpc): protobuf.Type => messageType((rpc.requestType.type as Named).name);
export const answerType = (rpc: Rpc): protobuf.Type => messageType((rpc.responseType.type as Named).name);

interface Named {
  readonly name: string;
}
