import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { AddressInfo } from 'node:net';

type Fields = Record<string, unknown>;

interface Version {
  data: Fields | null;
  deleted: boolean;
}

export interface Asked {
  method: string;
  path: string;
  token: string | undefined;
  namespace: string | undefined;
}

/**
 * Speaks the part of Vault's HTTP API that Orion uses, in its documented formats: KV version 2 at `secret/`, logins by
 * AppRole and Kubernetes, tokens, namespaces, sealing, limits and standbys.
 */
export class VaultServer {
  readonly asked: Asked[] = [];
  readonly tokens = new Set<string>();
  sealed = false;
  namespace: string | undefined;
  /** Answers to give before the usual ones. */
  readonly next: { status: number; headers?: Record<string, string>; silent?: boolean }[] = [];
  private readonly secrets = new Map<string, Version>();
  private readonly forbidden = new Set<string>();
  private readonly roles = new Map<string, string>();
  private readonly accounts = new Map<string, string>();
  private server: Server | undefined;

  put(path: string, data: Fields): void {
    this.secrets.set(path, { data, deleted: false });
  }

  delete(path: string): void {
    this.secrets.set(path, { data: null, deleted: true });
  }

  forbid(path: string): void {
    this.forbidden.add(path);
  }

  appRole(roleId: string, secretId: string): void {
    this.roles.set(roleId, secretId);
  }

  serviceAccount(role: string, jwt: string): void {
    this.accounts.set(role, jwt);
  }

  token(): string {
    const token = `hvs.${randomUUID()}`;
    this.tokens.add(token);
    return token;
  }

  async start(tls?: { key: string; cert: string }): Promise<string> {
    const answer = (request: IncomingMessage, response: ServerResponse) =>
      void this.receive(request, response);
    const server = tls ? createSecureServer(tls, answer) : createServer(answer);
    this.server = server;
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    return `${tls ? 'https' : 'http'}://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    const { server } = this;
    server?.closeAllConnections();
    if (server) await new Promise((closed) => server.close(closed));
  }

  private async receive(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = decodeURIComponent((request.url ?? '').replace(/^\/v1\//, ''));
    const [token, namespace] = ['x-vault-token', 'x-vault-namespace'].map(
      (it) => request.headers[it] as string,
    );
    this.asked.push({ method: request.method ?? '', path, token, namespace });
    let text = '';
    for await (const chunk of request) text += String(chunk);
    const planned = this.next.shift();
    if (planned?.silent) return;
    const say = (status: number, body?: unknown, headers: Record<string, string> = {}): void => {
      response.writeHead(status, {
        'content-type': 'application/json',
        'cache-control': 'no-store',
        ...headers,
      });
      response.end(body === undefined ? undefined : JSON.stringify(body));
    };
    if (planned) return say(planned.status, { errors: [`planned, after ${text}`] }, planned.headers);
    if (this.sealed) return say(503, { errors: ['Vault is sealed'] });
    if (this.namespace !== namespace)
      return say(404, { errors: [`no handler for route "${path}". route entry not found.`] });
    if (path.endsWith('/login')) return this.logIn(path, JSON.parse(text) as Fields, say);
    if (!token || !this.tokens.has(token)) return say(403, { errors: ['permission denied'] });
    if (path === 'auth/token/revoke-self') {
      this.tokens.delete(token);
      return say(204);
    }
    return this.read(path, say);
  }

  private logIn(path: string, body: Fields, say: (status: number, body: unknown) => void): void {
    const { role_id: roleId, secret_id: secretId, role, jwt } = body;
    const known = path.startsWith('auth/kubernetes')
      ? this.accounts.get(String(role)) === jwt
      : this.roles.get(String(roleId)) === secretId;
    if (!known && path.startsWith('auth/kubernetes')) return say(403, { errors: ['permission denied'] });
    if (!known) return say(400, { errors: ['invalid role or secret ID'] });
    say(200, {
      ...envelope(),
      data: null,
      auth: {
        client_token: this.token(),
        accessor: randomUUID(),
        policies: ['default', 'orion'],
        token_policies: ['default', 'orion'],
        metadata: { role_name: 'orion' },
        lease_duration: 1200,
        renewable: true,
        entity_id: randomUUID(),
        token_type: 'service',
        orphan: true,
      },
    });
  }

  private read(path: string, say: (status: number, body: unknown) => void): void {
    if (this.forbidden.has(path))
      return say(403, { errors: ['1 error occurred:\n\t* permission denied\n\n'] });
    const version = this.secrets.get(path);
    if (!version) return say(404, { errors: [] });
    const metadata = {
      created_time: '2026-11-21T10:00:00.000000000Z',
      custom_metadata: null,
      deletion_time: version.deleted ? '2026-11-21T11:00:00.000000000Z' : '',
      destroyed: false,
      version: 3,
    };
    const data = path.includes('/data/') ? { data: version.data, metadata } : version.data;
    say(version.deleted ? 404 : 200, { ...envelope(), data, auth: null });
  }
}

const envelope = () => ({
  request_id: randomUUID(),
  lease_id: '',
  renewable: false,
  lease_duration: 0,
  wrap_info: null,
  warnings: null,
});
