import { Controller } from '@nestjs/common';
import { listActivity, type Out, streamActivity } from '@orion/contracts';
import { type Call, bearerToken } from '@orion/security';
import { Implements, type StreamEvent, TheCall } from '@orion/service';
import { expiryOf } from '../routing/token-expiry';
import { type CallerHeaders, NO_HEADERS, TheHeaders } from '../routing/the-headers.decorator';
import { ActivityFeed } from './activity-feed.service';
import { resumeAfter } from './activity-position';
import { ActivityRepository } from './activity.repository';

type Line = Out<typeof streamActivity>;

@Controller()
export class ActivityController {
  constructor(
    private readonly activities: ActivityRepository,
    private readonly feed: ActivityFeed,
  ) {}

  @Implements(listActivity)
  list(@TheCall() call: Call<typeof listActivity>): Promise<Out<typeof listActivity>> {
    return this.activities.page(call.principal.organizationId, call.query);
  }

  /** Ends when the token does: who is still allowed comes back with a new one. */
  @Implements(streamActivity)
  async *stream(
    @TheCall() call: Call<typeof streamActivity>,
    @TheHeaders() headers: CallerHeaders = NO_HEADERS,
  ): AsyncGenerator<StreamEvent<Line>> {
    const after = resumeAfter(headers.lastEventId, call.query.after);
    const until = expiryOf(bearerToken(headers.authorization) ?? '') ?? 0;
    for await (const line of this.feed.follow(call.principal.organizationId, after, until)) {
      yield { id: String(line.position), data: line };
    }
  }
}
