import { Tenants } from '#billing/tenant';
import { refuseAt, type AccountId, type TenantId } from '#kernel';
import { Body, Controller, Get, Headers, HttpCode, Post, Query, Req, Res, type StreamableFile } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Operation } from '../../access/operation.js';
import { KnownAccounts } from '../../adapters/known-accounts.js';
import { EventFeed, type FeedPage, type FeedRequest } from '../../feed/event-feed.js';
import { typesNamed, type SelectedAccount } from '../../feed/selection.js';
import { Publishing } from '../../publishing/publishing.js';
import { callerOf } from '../../pipeline/caller.js';
import { Answers, AnswersStream, Refuses } from '../../pipeline/documented.js';
import { EventStreams, type StreamMessage } from '../../pipeline/event-streams.js';
import { notFoundAsNamed } from '../../pipeline/ids.js';
import { EventsQuery, RepublishEventsDto } from './events.dto.js';
import { PublicEventResource, RepublicationResource } from './events.resource.js';
import { EVENTS } from './tag.js';

@ApiTags(EVENTS.name)
@Controller('v1/events')
export class EventsController {
  constructor(
    private readonly feed: EventFeed,
    private readonly known: KnownAccounts,
    private readonly tenants: Tenants,
    private readonly streams: EventStreams,
    private readonly publishing: Publishing,
  ) {}

  /** Sends public events as server-sent events: from a position of the log, and then as they happen. */
  @Get()
  @Operation('SubscribeEvents', 'events.read')
  @AnswersStream(PublicEventResource)
  @Refuses({ 400: ['position_beyond_head'], 404: ['account_not_found'], 429: ['too_many_streams'] })
  async subscribe(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Query() { from, types, account }: EventsQuery,
    @Headers('last-event-id') lastEventId?: string,
  ): Promise<StreamableFile> {
    const { tenantId } = callerOf(request);
    const selected = account === undefined ? undefined : await this.accountNamed(tenantId, account);
    const start = startOf(lastEventId, from);
    return this.streams.open(request, reply, async (signal) => {
      const pages = await this.feed.follow({
        tenantId,
        ...start,
        ...(types === undefined ? {} : { types: new Set(types.flatMap(typesNamed)) }),
        ...(selected === undefined ? {} : { account: selected }),
        signal,
      });
      return messages(pages);
    });
  }

  /** Publishes the events of all tenants after a position to NATS again: what JetStream lost, or what a consumer wants to see anew. */
  @Post('republish')
  @Operation('RepublishEvents', 'operations.write')
  @HttpCode(200)
  @Answers(RepublicationResource)
  @Refuses({ 422: ['nothing_published'] })
  async republish(@Body() { from }: RepublishEventsDto): Promise<RepublicationResource> {
    return { from, through: String(await this.publishing.again(BigInt(from))) };
  }

  private async accountNamed(tenantId: TenantId, id: AccountId): Promise<SelectedAccount> {
    const known = await this.known.among(tenantId, [id]);
    if (!known.has(id)) return notFoundAsNamed('account', id);
    return { id, usageShards: await this.tenants.usageShards(tenantId) };
  }
}

/** The id is the position, so that `Last-Event-ID` goes on after it: also after what was looked through and not wanted. */
async function* messages(pages: AsyncIterable<FeedPage>): AsyncGenerator<readonly StreamMessage[]> {
  for await (const { events, position } of pages) {
    const told = events.map((event) => ({ id: event.position, data: event }));
    const last = events.at(-1);
    yield last !== undefined && BigInt(last.position) >= position ? told : [...told, { id: String(position) }];
  }
}

/** A client that lost its connection says where it was; what it asked for first no longer counts. */
const startOf = (lastEventId: string | undefined, from: string): Pick<FeedRequest, 'from' | 'fromAt'> => {
  if (lastEventId !== undefined && lastEventId !== '') {
    const fromAt = '/headers/last-event-id';
    if (/^\d{1,18}$/.test(lastEventId)) return { from: BigInt(lastEventId), fromAt };
    return refuseAt(fromAt, 'invalid_request', 'This is the id of an event of the stream.', 'invalid');
  }
  return { from: from === 'start' || from === 'now' ? from : BigInt(from) };
};
