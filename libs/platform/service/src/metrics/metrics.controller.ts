import { Controller, Get, Header } from '@nestjs/common';
import { Unguarded } from '@orion/security';
import { register } from 'prom-client';

@Controller()
@Unguarded('scraped inside the installation; the gateway does not forward it')
export class MetricsController {
  @Get('metrics')
  @Header('content-type', register.contentType)
  @Header('cache-control', 'no-store')
  read(): Promise<string> {
    return register.metrics();
  }
}
