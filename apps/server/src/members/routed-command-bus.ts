import { accountStream } from '#contracts';
import type { AccountId } from '#kernel';
import type { Envelope } from '#write-path';
import type { Type } from '@nestjs/common';
import type { ModuleRef } from '@nestjs/core';
import { Command, type ICommand } from '@nestjs/cqrs';
import { requestScope, scopeOf, withinRequest, type RequestScope } from '../access/request-scope.js';
import type { Metrics } from '../telemetry/metrics.js';
import { ObservedCommandBus } from '../telemetry/observed-command-bus.js';
import { activeTraceparent, inTraceOf } from '../telemetry/spans.js';
import type { Members } from './members.js';

const COMMAND = 'command';

/** A command on its way to another member: authenticated, checked and read. */
interface Told {
  readonly name: string;
  /** Without its class, which that member has, too. */
  readonly command: ICommand;
  /** Who is being answered; null where nobody asked. */
  readonly scope: Pick<RequestScope, 'requestId' | 'door' | 'operation' | 'caller'> | null;
  readonly traceparent: string | undefined;
}

interface Answered {
  readonly answer: unknown;
  /** The keys of all personal data that was opened for it. */
  readonly openedKeys: readonly string[];
}

type Handlers = NonNullable<Parameters<ObservedCommandBus['register']>[0]>;

/** Carries a command out at the member that its account belongs to, and where it names none, here. */
export class RoutedCommandBus extends ObservedCommandBus {
  private readonly commands = new Map<string, Type<ICommand>>();

  constructor(
    moduleRef: ModuleRef,
    metrics: Metrics,
    private readonly members: Members,
  ) {
    super(moduleRef, metrics);
    members.offer(COMMAND, (told: Told) => this.carryOut(told));
  }

  override register(handlers: Handlers = []): void {
    super.register(handlers);
    for (const { metatype } of handlers) {
      const command = commandOf(metatype as object);
      if (command) this.commands.set(command.name, command);
    }
  }

  override execute<T extends ICommand, R = unknown>(command: T): Promise<R>;
  override execute<R>(command: Command<R>): Promise<R>;
  override async execute(command: ICommand): Promise<unknown> {
    const here = () => super.execute(command);
    const stream = streamOf(command);
    if (stream === undefined) return here();
    const { answer, openedKeys } = await this.members.doneBy<Answered>(
      stream,
      COMMAND,
      () => told(command),
      // What is opened here is noted as it is opened.
      async () => ({ answer: await here(), openedKeys: [] }),
    );
    for (const key of openedKeys) requestScope()?.openedKeys.add(key);
    return answer;
  }

  /** For another member: here, whoever this one takes for the owner by now. */
  private carryOut({ name, command, scope, traceparent }: Told): Promise<Answered> {
    const known = this.commands.get(name);
    if (!known) throw new RangeError(`No command is called ${name} here.`);
    const own = Object.assign(Object.create(known.prototype as object) as ICommand, command);
    const answered = async (): Promise<Answered> => {
      const answer: unknown = await super.execute(own);
      return { answer, openedKeys: [...(requestScope()?.openedKeys ?? [])] };
    };
    return inTraceOf(traceparent, () => (scope === null ? answered() : withinRequest(scopeIn(scope), answered)));
  }
}

/** Of the account that it names: most commands do, and those are decided on its stream. */
const streamOf = (command: ICommand): string | undefined => {
  const { envelope, accountId } = command as { readonly envelope?: Envelope; readonly accountId?: AccountId };
  return envelope === undefined || accountId === undefined ? undefined : accountStream(envelope.tenantId, accountId);
};

const told = (command: ICommand): Told => {
  const scope = requestScope();
  return {
    name: command.constructor.name,
    command,
    scope: scope ? toldOf(scope) : null,
    traceparent: activeTraceparent(),
  };
};

/** What the caller may do was looked at where they asked. */
const toldOf = ({ requestId, door, operation, caller }: RequestScope): Told['scope'] => ({
  requestId,
  door,
  operation,
  caller: caller && { ...caller, permissions: new Set() },
});

const scopeIn = ({ requestId, door, operation, caller }: NonNullable<Told['scope']>): RequestScope => ({
  ...scopeOf(requestId, door, operation),
  caller,
});

/** The library keeps it among what it notes of a handler's class. */
const commandOf = (handler: object): Type<ICommand> | undefined =>
  Reflect.getMetadataKeys(handler)
    .map((key) => Reflect.getMetadata(key as string, handler) as unknown)
    .find((noted): noted is Type<ICommand> => typeof noted === 'function' && noted.prototype instanceof Command);
