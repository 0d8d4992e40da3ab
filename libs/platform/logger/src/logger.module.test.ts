import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Controller, Get, InternalServerErrorException, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { Writable } from 'node:stream';
import { CORRELATION_HEADER, extendContext, Log, LoggerModule, NestLogger, runForRequest } from './index';

const lines: Record<string, unknown>[] = [];
const destination = new Writable({
  write(chunk: Buffer, _encoding, done) {
    lines.push(JSON.parse(chunk.toString()) as Record<string, unknown>);
    done();
  },
});

@Controller()
class Doors {
  constructor(private readonly log: Log) {}

  @Get('door')
  open(): string {
    extendContext({ organizationId: 'org', userId: 'user' });
    this.log.info('door_open_succeeded');
    return 'open';
  }

  @Get('jammed')
  jam(): string {
    throw new InternalServerErrorException();
  }

  @Get('health/live')
  live(): string {
    return 'ok';
  }
}

@Module({ imports: [LoggerModule.forService('doors', { level: 'info', destination })], controllers: [Doors] })
class DoorsModule {}

let app: NestFastifyApplication;
let url: string;

beforeAll(async () => {
  const adapter = new FastifyAdapter();
  adapter.getInstance().addHook('onRequest', (request, _reply, done) => {
    const correlationId = String(request.headers[CORRELATION_HEADER] ?? 'none-sent');
    runForRequest(request.raw, { correlationId }, done);
  });
  app = await NestFactory.create<NestFastifyApplication>(DoorsModule, adapter, { bufferLogs: true });
  app.useLogger(app.get(NestLogger));
  await app.listen(0, '127.0.0.1');
  url = await app.getUrl();
});
afterAll(() => app.close());

const ask = async (path: string, correlationId: string) => {
  await (
    await fetch(url + path, {
      headers: { [CORRELATION_HEADER]: correlationId, authorization: 'Bearer swordfish' },
    })
  ).text();
  return lines.filter((it) => it['correlationId'] === correlationId);
};

describe('a request', () => {
  it('is one entry, beside what its handler logs, all with the same correlation id', async () => {
    expect(await ask('/door?token=swordfish', 'door-0001')).toEqual([
      expect.objectContaining({ event: 'door_open_succeeded', organizationId: 'org' }),
      {
        level: 'info',
        time: expect.any(String),
        service: 'doors',
        event: 'http_request_completed',
        method: 'GET',
        path: '/door',
        status: 200,
        durationMs: expect.any(Number),
        correlationId: 'door-0001',
        organizationId: 'org',
        userId: 'user',
        msg: 'GET /door 200',
      },
    ]);
    expect(JSON.stringify(lines)).not.toContain('swordfish');
  });

  it('is a warning where it is refused and an error where it fails', async () => {
    expect(await ask('/nowhere', 'door-0002')).toEqual([
      expect.objectContaining({ level: 'warn', status: 404 }),
    ]);
    expect(await ask('/jammed', 'door-0003')).toEqual([
      expect.objectContaining({ level: 'error', status: 500, event: 'http_request_failed' }),
    ]);
  });

  it('for health is not worth an entry', async () => {
    expect(await ask('/health/live', 'door-0004')).toEqual([]);
  });
});

describe("Nest's own words", () => {
  it('go to the same place, without a line for each module and route', () => {
    expect(lines.map((it) => it['context'])).not.toContain('RouterExplorer');
    expect(lines).toContainEqual(
      expect.objectContaining({ service: 'doors', msg: 'Nest application successfully started' }),
    );
  });
});
