import { copyWorkspace } from '@orion/workspace';
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { PLANTED_LIBRARY, PROBES, type Probe } from './probes';

const root = resolve(__dirname, '../..');

interface Finding {
  filePath: string;
  messages: { ruleId: string | null; message: string }[];
}

function plant(copy: string): void {
  const write = (file: string, text: string) => {
    mkdirSync(dirname(join(copy, file)), { recursive: true });
    writeFileSync(join(copy, file), text);
  };
  for (const [file, text] of Object.entries(PLANTED_LIBRARY.files)) write(file, text);
  for (const probe of PROBES) write(probe.file, probe.source);
  const tsconfig = JSON.parse(readFileSync(join(copy, 'tsconfig.base.json'), 'utf8'));
  tsconfig.compilerOptions.paths[PLANTED_LIBRARY.alias] = [PLANTED_LIBRARY.entry];
  write('tsconfig.base.json', JSON.stringify(tsconfig));
}

function lint(copy: string): Finding[] {
  const env = {
    ...process.env,
    NX_DAEMON: 'false',
    NX_CACHE_PROJECT_GRAPH: 'true',
    NX_WORKSPACE_ROOT_PATH: copy,
  };
  const bin = (name: string) => join(root, 'node_modules/.bin', name);
  // The boundary rule reads the project graph that Nx keeps; without it the rule would pass everything.
  execFileSync(bin('nx'), ['show', 'projects'], { cwd: copy, env, stdio: 'ignore' });
  const files = PROBES.map((probe) => probe.file);
  const run = spawnSync(bin('eslint'), ['--format', 'json', ...files], {
    cwd: copy,
    env,
    encoding: 'utf8',
    maxBuffer: 1 << 26,
  });
  const start = run.stdout.indexOf('[{');
  if (start < 0) throw new Error(`eslint gave no report: ${run.stderr || run.stdout}`);
  return JSON.parse(run.stdout.slice(start));
}

const reported = (probe: Probe, findings: Finding[]): boolean =>
  findings
    .filter((finding) => finding.filePath.endsWith(probe.file))
    .some((finding) =>
      finding.messages.some((it) => it.ruleId === probe.rule && probe.message.test(it.message)),
    );

const copy = mkdtempSync(join(tmpdir(), 'orion-lint-probes-'));
try {
  copyWorkspace(root, copy);
  plant(copy);
  const findings = lint(copy);
  const missed = PROBES.filter((probe) => !reported(probe, findings));
  for (const probe of PROBES)
    console.log(`${missed.includes(probe) ? 'MISSED  ' : 'reported'}  ${probe.name}`);
  for (const probe of missed) {
    const said = findings.find((finding) => finding.filePath.endsWith(probe.file))?.messages ?? [];
    console.log(`  ${probe.file}: expected ${probe.rule}, got ${JSON.stringify(said)}`);
  }
  console.log(`lint probes: ${PROBES.length - missed.length} reported, ${missed.length} missed`);
  process.exitCode = missed.length === 0 ? 0 : 1;
} finally {
  rmSync(copy, { recursive: true, force: true });
}
