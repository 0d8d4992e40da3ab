import { Controller, Get, Header, HttpStatus, Res } from '@nestjs/common';
import { HealthCheckService, type HealthCheckResult, type HealthIndicatorResult } from '@nestjs/terminus';
import { Unguarded } from '@orion/security';
import { HealthChecks } from './health-checks.service';

interface Reply {
  code(status: number): unknown;
}

@Controller('health')
@Unguarded('asked by the launcher, the orchestrator and the gateway, which hold no token')
export class HealthController {
  constructor(
    private readonly health: HealthCheckService,
    private readonly checks: HealthChecks,
  ) {}

  @Get()
  @Header('cache-control', 'no-store')
  overall(@Res({ passthrough: true }) reply: Reply): Promise<HealthCheckResult> {
    return this.answer(this.checks.readiness(), reply);
  }

  @Get('ready')
  @Header('cache-control', 'no-store')
  ready(@Res({ passthrough: true }) reply: Reply): Promise<HealthCheckResult> {
    return this.answer(this.checks.readiness(), reply);
  }

  @Get('live')
  @Header('cache-control', 'no-store')
  live(): { status: string; uptimeSeconds: number } {
    return { status: 'ok', uptimeSeconds: Math.round(process.uptime()) };
  }

  @Get('db')
  @Header('cache-control', 'no-store')
  database(@Res({ passthrough: true }) reply: Reply): Promise<HealthCheckResult> {
    return this.answer(this.checks.database(), reply);
  }

  @Get('pool')
  @Header('cache-control', 'no-store')
  pool(@Res({ passthrough: true }) reply: Reply): Promise<HealthCheckResult> {
    return this.answer(this.checks.pools(), reply);
  }

  private async answer(
    checks: (() => Promise<HealthIndicatorResult>)[],
    reply: Reply,
  ): Promise<HealthCheckResult> {
    try {
      return await this.health.check(checks);
    } catch (error) {
      if (!isUnhealthy(error)) throw error;
      reply.code(HttpStatus.SERVICE_UNAVAILABLE);
      return error.getResponse();
    }
  }
}

const isUnhealthy = (error: unknown): error is { getResponse(): HealthCheckResult } =>
  error instanceof Error && error.name === 'ServiceUnavailableException' && 'getResponse' in error;
