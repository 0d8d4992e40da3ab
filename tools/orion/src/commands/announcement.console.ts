import { inWords } from '../console/duration';
import type { Progress } from '../console/progress.console';
import type { PlatformFile } from '../platform/platform-file.store';
import type { StateFolder } from '../state/state.folder';

interface DemoLogin {
  role: string;
  email: string;
  password: string;
}

/** Tells where the platform is and who may sign in. */
export function announce(
  state: StateFolder,
  platform: PlatformFile,
  progress: Progress,
  tookMs: number,
): void {
  progress.say();
  progress.say(`Orion is ready after ${inWords(tookMs)}.`);
  progress.say(`  Address   ${platform.url}`);
  progress.say(`  API       ${platform.url}/api/docs`);
  progress.say(`  Mails     ${platform.mailUrl}`);
  for (const { role, email, password } of state.read<DemoLogin[]>('demo-logins.json') ?? []) {
    progress.say(`  Sign in   ${email}  ${password}  (${role})`);
  }
  progress.say(`  Logs      ${state.folder('log')}`);
  progress.say();
}
