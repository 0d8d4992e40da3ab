import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type ArgumentsHost } from '@nestjs/common';
import { ExecutionContextHost } from '@nestjs/core/helpers/execution-context-host';
import { createPino, Log } from '@orion/logger';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { lastValueFrom, type Observable } from 'rxjs';
import { BusinessRuleException, ProblemFilter } from './index';

const filter = new ProblemFilter(new Log(createPino('test', { level: 'silent' })));

const hostOf = (...args: object[]): ArgumentsHost => new ExecutionContextHost(args);

let server: Server;
let url: string;
let handle: (request: IncomingMessage, response: ServerResponse) => void;

beforeAll(async () => {
  server = createServer((request, response) => handle(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/some/path?secret=1`;
});
afterAll(() => new Promise((resolve) => server.close(resolve)));

describe('on a plain Node response, as middleware has it', () => {
  it('answers with the problem document', async () => {
    handle = (request, response) =>
      void filter.catch(new BusinessRuleException('BUSY'), hostOf(request, response));
    const response = await fetch(url);
    expect(response.status).toBe(503);
    expect(response.headers.get('content-type')).toMatch(/^application\/problem\+json/);
    expect(response.headers.get('retry-after')).toBe('1');
    expect(await response.json()).toMatchObject({ code: 'BUSY', instance: '/some/path' });
  });

  it('cuts the connection where an answer has begun', async () => {
    handle = (request, response) => {
      response.writeHead(200).write('half');
      void filter.catch(new Error('late'), hostOf(request, response));
    };
    await expect(fetch(url).then((it) => it.text())).rejects.toThrow();
  });
});

describe('outside of HTTP', () => {
  it('leaves the error to the transport', async () => {
    const host = new ExecutionContextHost([{}]);
    host.setType('rpc');
    const error = new BusinessRuleException('NOT_FOUND');
    await expect(lastValueFrom(filter.catch(error, host) as Observable<never>)).rejects.toBe(error);
  });
});
