import { Controller } from '@nestjs/common';
import { type Out, readOverview } from '@orion/contracts';
import { bearerToken, type Call } from '@orion/security';
import { Implements, TheCall } from '@orion/service';
import { type CallerHeaders, NO_HEADERS, TheHeaders } from '../routing/the-headers.decorator';
import { ReadOverview } from './read-overview.use-case';

@Controller()
export class OverviewController {
  constructor(private readonly readOverview: ReadOverview) {}

  @Implements(readOverview)
  read(
    @TheCall() { principal }: Call<typeof readOverview>,
    @TheHeaders() { authorization }: CallerHeaders = NO_HEADERS,
  ): Promise<Out<typeof readOverview>> {
    const { organizationId } = principal;
    return this.readOverview.run({ organizationId, token: bearerToken(authorization) ?? '' });
  }
}
