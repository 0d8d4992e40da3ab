import { Controller, Get, Header, Param } from '@nestjs/common';
import { BusinessRuleException } from '@orion/problem';
import { Unguarded } from '@orion/security';
import { CATALOGUE, schemaText } from './event-documents';

/** The events' documents, made from the contracts, beside the API's own at `/api/docs`. */
@Controller('api/events')
@Unguarded('what the platform publishes is no secret; integrators read it before they have a token')
export class EventsController {
  @Get()
  @Header('content-type', 'application/json; charset=utf-8')
  catalogue(): string {
    return CATALOGUE;
  }

  /** @throws BusinessRuleException NOT_FOUND */
  @Get(':type')
  @Header('content-type', 'application/schema+json; charset=utf-8')
  schema(@Param('type') type: string): string {
    const text = schemaText(type);
    if (text === undefined)
      throw new BusinessRuleException('NOT_FOUND', 'There is no such event type; GET /api/events lists them');
    return text;
  }
}
