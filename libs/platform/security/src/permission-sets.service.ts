import { Inject, Injectable } from '@nestjs/common';
import { Cache } from '@orion/cache';
import type { Permission } from '@orion/contracts';
import { Lru } from './lru';
import { permissionDigest } from './permission-digest';
import { PERMISSION_SOURCE, type PermissionSource } from './sources';

const REMEMBERED = 1_000;
const KEPT_S = 24 * 3600;

type Permissions = ReadonlySet<Permission>;

/**
 * The permissions behind a digest: memory, then Redis, then the source. A digest names one set for ever, so nothing
 * goes stale; what comes from outside counts only if its digest, computed again, is the one asked for.
 */
@Injectable()
export class PermissionSets {
  private readonly known = new Lru<Permissions>(REMEMBERED);
  private readonly running = new Map<string, Promise<Permissions | null>>();

  constructor(
    @Inject(PERMISSION_SOURCE) private readonly source: PermissionSource,
    private readonly cache: Cache,
  ) {}

  /** Null for a digest nobody ever minted. */
  async find(digest: string): Promise<Permissions | null> {
    const known = this.known.get(digest);
    if (known) return known;
    const running = this.running.get(digest) ?? this.load(digest).finally(() => this.running.delete(digest));
    this.running.set(digest, running);
    return running;
  }

  private async load(digest: string): Promise<Permissions | null> {
    const kept = this.checked(digest, await this.read(digest));
    if (kept) return kept;
    const found = await this.source.find(digest);
    const checked = this.checked(digest, found);
    if (checked && found) await this.keep(digest, found);
    return checked;
  }

  private checked(digest: string, permissions: readonly string[] | null): Permissions | null {
    if (!permissions || permissionDigest(permissions) !== digest) return null;
    const set: Permissions = new Set(permissions as readonly Permission[]);
    this.known.set(digest, set);
    return set;
  }

  private async read(digest: string): Promise<string[] | null> {
    try {
      const text = await this.cache.redis.get(`permission-set:${digest}`);
      const value: unknown = text === null ? null : JSON.parse(text);
      return Array.isArray(value) && value.every((it) => typeof it === 'string') ? value : null;
    } catch {
      return null;
    }
  }

  private async keep(digest: string, permissions: readonly string[]): Promise<void> {
    await this.cache.redis
      .set(`permission-set:${digest}`, JSON.stringify(permissions), 'EX', KEPT_S)
      .catch(() => undefined);
  }
}
