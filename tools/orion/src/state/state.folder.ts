import { chmodSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { dirname, join } from 'node:path';
import { inWorkspace } from './workspace';

const OWNER_ONLY = 0o600;

/** Everything the launcher remembers about one platform of this checkout lies in one folder. */
export class StateFolder {
  constructor(readonly path: string) {
    mkdirSync(path, { recursive: true });
  }

  /** The folder named by ORION_STATE, or the given one below the checkout. */
  static fromEnvironment(fallback = '.orion'): StateFolder {
    return new StateFolder(inWorkspace(process.env['ORION_STATE'] || fallback));
  }

  /** Short name, the same for the same folder, for things outside it that belong to it. */
  get id(): string {
    return createHash('sha256').update(this.path).digest('hex').slice(0, 8);
  }

  file(...parts: string[]): string {
    const file = join(this.path, ...parts);
    mkdirSync(dirname(file), { recursive: true });
    return file;
  }

  folder(...parts: string[]): string {
    const folder = join(this.path, ...parts);
    mkdirSync(folder, { recursive: true });
    return folder;
  }

  has(...parts: string[]): boolean {
    return existsSync(join(this.path, ...parts));
  }

  /** A remembered value, or undefined when it was never written or cannot be read. */
  read<T>(name: string): T | undefined {
    try {
      return JSON.parse(readFileSync(join(this.path, name), 'utf8')) as T;
    } catch {
      return undefined;
    }
  }

  /** Replaces a remembered value at once, so that a reader sees the old or the new one; readable by its owner only. */
  write(name: string, value: unknown): void {
    const file = this.file(name);
    const draft = `${file}.${process.pid}`;
    writeFileSync(draft, `${JSON.stringify(value, null, 2)}\n`, { mode: OWNER_ONLY });
    chmodSync(draft, OWNER_ONLY);
    renameSync(draft, file);
  }

  remove(...parts: string[]): void {
    rmSync(join(this.path, ...parts), { recursive: true, force: true });
  }

  removeAll(): void {
    rmSync(this.path, { recursive: true, force: true });
  }
}
