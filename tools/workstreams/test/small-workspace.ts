import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';

const CONTRACTS = `
const endpoint = (id: string, service: string, method: string, path: string) => ({ id, service, method, path, access: 'public' });
const event = (type: string) => ({ type, summary: type, data: {} });
export const sendParcel = endpoint('parcels.send', 'parcels', 'POST', '/parcels');
export const readParcel = endpoint('parcels.read', 'parcels', 'GET', '/parcels/:id');
export const listLetters = endpoint('letters.list', 'letters', 'GET', '/letters');
export const parcelSent = event('orion.parcels.parcel.sent.v1');
export const letterSent = event('orion.letters.letter.sent.v1');
export const whoLives = { pattern: 'parcels.who-lives', ask: {}, answer: {} };
export const ENDPOINTS = [sendParcel, readParcel, listLetters];
export const BY_NAME = new Map([['sent', parcelSent], ['letter', letterSent]]);
`;

const FILES: Record<string, string> = {
  'nx.json': '{"neverConnectToCloud": true, "analytics": false}',
  'package.json': '{"name": "small"}',
  '.gitignore': 'node_modules\n.nx\ncoverage\n.orion\n',
  CODEOWNERS: '* @all\n/apps/parcels/ @parcels @more\n',
  'libs/contracts/project.json': '{"name": "contracts"}',
  'libs/contracts/src/index.ts': CONTRACTS,
  'apps/parcels/project.json': '{"name": "parcels", "tags": ["type:service"]}',
  'apps/parcels/jest.config.cjs': 'module.exports = { coverageThreshold: { global: { lines: 90 } } };',
  'apps/parcels/src/parcel.controller.ts': `
import { type Out, readParcel as read, sendParcel, parcelSent, whoLives } from '@orion/contracts';
export class Parcels {
  @Implements(read) read() {}
  @Implements(sendParcel) async send() { await this.outbox.publish(tx, parcelSent, { subject: '1' }); }
  @Answers(whoLives) who() {}
}`,
  'apps/parcels/src/parcel.test.ts': `
import { listLetters } from '@orion/contracts';
it('sends', () => undefined);
it.each([1, 2])('sends %s', () => undefined);
test('reads', () => expect(audit.it('no test')).toBe(1));
`,
  'apps/parcels/prisma/schema.prisma': `
model Parcel {
  id String @id
  @@map("parcel")
}
model Stamp {
  id String @id
}`,
  'apps/parcels/prisma/migrations/1/migration.sql': `
-- CREATE TABLE gone (id uuid); REFERENCES gone
CREATE TABLE "parcel" (id uuid PRIMARY KEY);
CREATE TABLE IF NOT EXISTS Stamp (id uuid, parcel uuid REFERENCES "parcel" (id), at uuid REFERENCES platform.outbox(id));`,
  'apps/parcels/src/tally.consumer.ts': `
import { parcelSent } from '@orion/contracts';
export class Tally implements GroupConsumer {
  readonly events = [parcelSent];
}`,
  'apps/desk/project.json': '{"name": "desk", "tags": ["type:web"]}',
  'apps/desk/src/parcels.tsx': `
import { sendParcel, type readParcel } from '@orion/contracts';
export const send = (api) => api.call(sendParcel, {});`,
  'apps/post/project.json': '{"name": "post", "tags": ["type:service"]}',
  'apps/post/src/told.ts':
    "import { BY_NAME } from '@orion/contracts';\nexport const TOLD = [...BY_NAME.values()];\n",
  'apps/post/src/mail.consumer.ts': `
import { whoLives } from '@orion/contracts';
import { TOLD } from './told';
export class Mail implements EventConsumer {
  readonly events = TOLD;
  handle() { return this.questions.ask(whoLives, {}); }
}`,
};

/** A workspace in a folder of its own, in which nearly everything fits; `write` changes it. */
export function smallWorkspace() {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'orion-workstreams-')));
  const write = (files: Record<string, string>): void => {
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(root, path)), { recursive: true });
      writeFileSync(join(root, path), text);
    }
  };
  symlinkSync(resolve(__dirname, '../../../node_modules'), join(root, 'node_modules'));
  write(FILES);
  const git = (...args: string[]): void => {
    execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@orion.test', ...args], {
      cwd: root,
      stdio: 'ignore',
    });
  };
  git('init', '-q');
  git('add', '.');
  git('commit', '-q', '-m', 'one');
  return { root, write, remove: () => rmSync(root, { recursive: true, force: true }) };
}
