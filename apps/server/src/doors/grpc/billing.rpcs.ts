import { status as StatusCode, type Metadata, type ServerUnaryCall } from '@grpc/grpc-js';
import { Controller } from '@nestjs/common';
import { GrpcMethod, RpcException } from '@nestjs/microservices';
import { Logger } from 'nestjs-pino';
import { invalidRequest } from '../../rest/http/validation.js';
import type { ProblemResource } from '../../rest/http/problem.resource.js';
import { CALLER_HEADERS, Doorway, refused, type DoorAnswer } from '../doorway.js';
import type { Payload } from '../http-form.js';
import { packageDefinition, rpcsIn } from './definition.js';
import { answerMetadata, failureOf } from './failure.js';
import { UnreadableRequest } from './request-reader.js';
import { withWhatProtobufLeavesOut } from './absent-fields.js';

type Request = Payload | UnreadableRequest;
type Call = ServerUnaryCall<Request, object>;

/** One method for each rpc of the `.proto`; it carries out the operation of the same name. */
@Controller()
export class BillingRpcs {
  constructor(
    private readonly doorway: Doorway,
    private readonly logger: Logger,
  ) {}

  async carryOut(name: string, request: Request, metadata: Metadata, call: Call): Promise<object> {
    const { status, headers, body } = await this.answered(name, request, metadata, call);
    call.sendMetadata(answerMetadata(headers));
    if (status < 400) return JSON.parse(body) as object;
    throw new RpcException(failureOf(JSON.parse(body) as ProblemResource, headers));
  }

  private async answered(name: string, request: Request, metadata: Metadata, call: Call): Promise<DoorAnswer> {
    const kind = this.doorway.kindOf(name);
    if (kind === undefined)
      throw new RpcException({ code: StatusCode.UNIMPLEMENTED, details: `${name} is not carried out by this server.` });
    if (request instanceof UnreadableRequest)
      return refused(invalidRequest([{ pointer: '', code: 'invalid_protobuf', message: request.reason }]));
    try {
      return await this.doorway.carryOut({
        door: 'grpc',
        kind,
        name,
        payload: withWhatProtobufLeavesOut(name, request),
        headers: Object.fromEntries(CALLER_HEADERS.map((header) => [header, metadata.get(header).map(String)])),
        remoteAddress: call.getPeer().replace(/:\d+$/, ''),
      });
    } catch (error) {
      this.logger.error({ err: error, rpc: name }, 'A call could not be answered.');
      return refused(error);
    }
  }
}

for (const [name, { responseStream }] of Object.entries(rpcsIn(packageDefinition()))) {
  if (responseStream) continue;
  const descriptor = {
    configurable: true,
    value(this: BillingRpcs, request: Request, metadata: Metadata, call: Call): Promise<object> {
      return this.carryOut(name, request, metadata, call);
    },
  };
  Object.defineProperty(BillingRpcs.prototype, name, descriptor);
  GrpcMethod('Billing', name)(BillingRpcs.prototype, name, descriptor);
}
