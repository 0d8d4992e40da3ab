#!/usr/bin/env node
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import { constants } from 'node:os';
import { delimiter, dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const OLDEST_NODE = 20;
const root = resolve(dirname(fileURLToPath(import.meta.url)), '../../..');
const bin = join(root, 'node_modules', '.bin');
const stampFile = join(root, '.orion', 'installed');

function end(sentence) {
  process.stderr.write(`${sentence}\n`);
  process.exit(1);
}

function readLock(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8')).packages;
  } catch {
    return undefined;
  }
}

/** Whether node_modules holds what the lock file names, by npm's own record of the last installation. */
function matchesLock() {
  const wanted = readLock(join(root, 'package-lock.json'));
  const present = readLock(join(root, 'node_modules', '.package-lock.json'));
  if (!wanted || !present || !existsSync(join(bin, 'node'))) return false;
  const missing = Object.keys(wanted).some(
    (name) => name !== '' && !wanted[name].optional && !wanted[name].devOptional && !present[name],
  );
  const different = Object.keys(present).some(
    (name) => !wanted[name] || wanted[name].version !== present[name].version,
  );
  return !missing && !different;
}

function stamp(lock) {
  mkdirSync(dirname(stampFile), { recursive: true });
  writeFileSync(stampFile, lock);
}

/** Packages that bring a program may be unpacked without it when npm was told to skip install scripts. */
function nodeWorks() {
  return spawnSync(join(bin, 'node'), ['--version']).status === 0;
}

function lastLines(file, count) {
  return readFileSync(file, 'utf8').trim().split('\n').slice(-count).join('\n');
}

function install() {
  const logFile = join(root, '.orion', 'log', 'install.log');
  mkdirSync(dirname(logFile), { recursive: true });
  const log = openSync(logFile, 'w');
  const started = Date.now();
  const seconds = () => `${((Date.now() - started) / 1000).toFixed(0)} s`;
  process.stdout.write('Installing packages (npm ci, one to three minutes) …\n');
  return new Promise((done) => {
    const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
    const child = spawn(npm, ['ci', '--no-audit', '--no-fund'], {
      cwd: root,
      stdio: ['ignore', log, log],
      env: { ...process.env, NODE_ENV: '', HUSKY: process.env.CI ? '0' : '' },
    });
    const ticker = setInterval(() => process.stdout.write(`  … still installing, ${seconds()}\n`), 15_000);
    child.on('error', () =>
      end('npm was not found: install Node.js 20 or newer with npm, then start again.'),
    );
    child.on('exit', (code, signal) => {
      clearInterval(ticker);
      if (code !== 0) {
        const tail = lastLines(logFile, 12);
        const full = tail.includes('ENOSPC');
        if (full) end('The disk is full: free at least 2 GB, then start again.');
        end(`${tail}\nnpm ci ended with ${signal ?? code}: see .orion/log/install.log, then start again.`);
      }
      process.stdout.write(`✓ packages installed  ${seconds()}\n`);
      done();
    });
  });
}

async function ensureInstalled() {
  const lock = createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex');
  const stamped = existsSync(stampFile) && readFileSync(stampFile, 'utf8') === lock;
  if (stamped && existsSync(join(bin, 'node'))) return;
  if (!matchesLock()) await install();
  if (!nodeWorks()) {
    end(
      'node_modules/.bin/node does not run: delete node_modules and start again without npm’s ignore-scripts.',
    );
  }
  stamp(lock);
}

function run() {
  const child = spawn(
    join(bin, 'node'),
    ['--import', 'tsx', join(root, 'tools', 'orion', 'src', 'main.ts'), ...process.argv.slice(2)],
    {
      cwd: root,
      stdio: 'inherit',
      env: {
        ...process.env,
        PATH: `${bin}${delimiter}${process.env.PATH || ''}`,
        TSX_TSCONFIG_PATH: join(root, 'tsconfig.base.json'),
      },
    },
  );
  const forwarded = ['SIGINT', 'SIGTERM', 'SIGHUP'];
  forwarded.forEach((signal) => process.on(signal, () => child.kill(signal)));
  child.on('exit', (code, signal) => {
    process.exit(signal ? 128 + constants.signals[signal] : (code ?? 1));
  });
}

const version = Number(process.versions.node.split('.')[0]);
if (version < OLDEST_NODE) {
  end(
    `Node.js ${process.versions.node} is too old: install Node.js ${OLDEST_NODE} or newer, then start again.`,
  );
}
ensureInstalled().then(run, (error) => end(`The packages could not be installed: ${error.message}`));
