import { randomBytes } from 'node:crypto';
import type { StateFolder } from './state.folder';

const FILE = 'secrets.json';

/** Passwords and keys of one platform, made when first asked for and then kept. */
export class Secrets {
  constructor(private readonly state: StateFolder) {}

  /** Letters and digits only: some programs take a leading dash for an option. */
  password(name: string): string {
    return this.get(name, () => randomBytes(18).toString('hex'));
  }

  /** 32 bytes in base64. */
  encryptionKey(name: string): string {
    return this.get(name, () => randomBytes(32).toString('base64'));
  }

  private get(name: string, make: () => string): string {
    const known = this.state.read<Record<string, string>>(FILE) ?? {};
    const before = known[name];
    if (before) return before;
    const made = make();
    this.state.write(FILE, { ...known, [name]: made });
    return made;
  }
}
