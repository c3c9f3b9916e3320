import { status as StatusCode, type Metadata, type ServerUnaryCall, type ServerWritableStream } from '@grpc/grpc-js';
import { Controller, type BeforeApplicationShutdown } from '@nestjs/common';
import { GrpcMethod, RpcException } from '@nestjs/microservices';
import { Logger } from 'nestjs-pino';
import type protobuf from 'protobufjs';
import { EMPTY, type Observable } from 'rxjs';
import { Credentials } from '../../access/credentials.js';
import { bearerIn } from '../../access/entrance.js';
import { isRefused } from '../../pipeline/event-streams.js';
import { invalidRequest } from '../../pipeline/validation.js';
import type { ProblemResource } from '../../pipeline/problem.resource.js';
import { CALLER_HEADERS, Doorway, refused, type DoorAnswer, type Errand } from '../doorway.js';
import type { Payload } from '../http-form.js';
import { answerType, packageDefinition, rpcsIn } from './definition.js';
import { answerMetadata, failureOf } from './failure.js';
import { UnreadableRequest } from './request-reader.js';
import { addressIn } from './admission.js';
import { asMessage } from './json-form.js';
import { isResumable, tellEvents } from './told-events.js';

type Request = Payload | UnreadableRequest;
type Call = ServerUnaryCall<Request, object>;
type StreamCall = ServerWritableStream<Request, object>;

/** An operation by its name, and the message that it answers. */
interface Answering {
  readonly name: string;
  readonly type: protobuf.Type;
}

/** One method for each rpc of the `.proto`; it carries out the operation of the same name. */
@Controller()
export class BillingRpcs implements BeforeApplicationShutdown {
  /** Ends each answer that goes on. */
  private readonly open = new Set<() => void>();
  private stops = false;

  constructor(
    private readonly doorway: Doorway,
    private readonly credentials: Credentials,
    private readonly logger: Logger,
  ) {}

  async carryOut({ name, type }: Answering, request: Request, metadata: Metadata, call: Call): Promise<object> {
    const answer = await this.asked(name, request, metadata, call, (errand) => this.doorway.carryOut(errand));
    call.sendMetadata(answerMetadata(answer.headers));
    if (answer.status < 400) return asMessage(type, JSON.parse(answer.body) as Payload);
    throw refusalOf(answer);
  }

  /** Ends when there is no more to send, or the caller goes, or the server does. */
  async tell(
    { name, type }: Answering,
    request: Request,
    metadata: Metadata,
    call: StreamCall,
  ): Promise<Observable<never>> {
    const answer = await this.asked(name, request, metadata, call, (errand) => this.doorway.listen(errand));
    call.sendMetadata(answerMetadata(answer.headers));
    if ('status' in answer) throw refusalOf(answer);
    this.open.add(answer.close);
    try {
      call.once('cancelled', answer.close);
      if (call.cancelled) answer.close();
      await tellEvents(answer.stream, call, type);
    } finally {
      this.open.delete(answer.close);
      answer.close();
    }
    const broken = call.cancelled ? null : await this.breakOf(type, metadata);
    if (broken) throw broken;
    return EMPTY;
  }

  /** Why an answer ended too early that nobody left: its credential opens nothing any more, or the server stops. */
  private async breakOf(type: protobuf.Type, metadata: Metadata): Promise<RpcException | null> {
    try {
      await this.credentials.callerWith(bearerIn(String(metadata.get('authorization')[0]))!, { now: true });
    } catch (error) {
      if (isRefused(error)) return refusalOf(refused(error));
    }
    if (!isResumable(type) && !this.stops) return null;
    return new RpcException({
      code: StatusCode.UNAVAILABLE,
      details: 'The server stops: go on after the last position.',
    });
  }

  /** Calls that go on would keep the server from stopping until its patience ends. */
  beforeApplicationShutdown(): void {
    this.stops = true;
    for (const close of this.open) close();
  }

  private async asked<Answer>(
    name: string,
    request: Request,
    metadata: Metadata,
    call: Call | StreamCall,
    ask: (errand: Errand) => Promise<Answer>,
  ): Promise<Answer | DoorAnswer> {
    const kind = this.doorway.kindOf(name);
    if (kind === undefined)
      throw new RpcException({ code: StatusCode.UNIMPLEMENTED, details: `${name} is not carried out by this server.` });
    if (request instanceof UnreadableRequest)
      return refused(invalidRequest([{ pointer: '', code: request.code, message: request.reason }]));
    try {
      return await ask({
        door: 'grpc',
        kind,
        name,
        payload: request,
        headers: Object.fromEntries(CALLER_HEADERS.map((header) => [header, metadata.get(header).map(String)])),
        remoteAddress: addressIn(call.getPeer()),
      });
    } catch (error) {
      this.logger.error({ err: error, rpc: name }, 'A call could not be answered.');
      return refused(error);
    }
  }
}

const refusalOf = ({ body, headers }: DoorAnswer): RpcException =>
  new RpcException(failureOf(JSON.parse(body) as ProblemResource, headers));

for (const [name, rpc] of Object.entries(rpcsIn(packageDefinition()))) {
  const answering = { name, type: answerType(rpc) };
  const descriptor = {
    configurable: true,
    value: rpc.responseStream
      ? function (this: BillingRpcs, request: Request, metadata: Metadata, call: StreamCall) {
          return this.tell(answering, request, metadata, call);
        }
      : function (this: BillingRpcs, request: Request, metadata: Metadata, call: Call) {
          return this.carryOut(answering, request, metadata, call);
        },
  };
  Object.defineProperty(BillingRpcs.prototype, name, descriptor);
  GrpcMethod('Billing', name)(BillingRpcs.prototype, name, descriptor);
}
