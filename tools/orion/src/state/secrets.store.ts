import { randomBytes } from 'node:crypto';
import type { StateFolder } from './state.folder';

const FILE = 'secrets.json';

/** Passwords and keys of one platform, made when first asked for and then kept. */
export class Secrets {
  private readonly known: Record<string, string>;

  constructor(private readonly state: StateFolder) {
    this.known = state.read<Record<string, string>>(FILE) ?? {};
  }

  password(name: string): string {
    return this.get(name, () => randomBytes(18).toString('base64url'));
  }

  /** 32 bytes in base64. */
  encryptionKey(name: string): string {
    return this.get(name, () => randomBytes(32).toString('base64'));
  }

  private get(name: string, make: () => string): string {
    const known = this.known[name];
    if (known) return known;
    const made = make();
    this.known[name] = made;
    this.state.write(FILE, this.known);
    return made;
  }
}
