const { execFileSync } = require('node:child_process');
const { mkdtempSync, readFileSync, rmSync } = require('node:fs');
const { tmpdir } = require('node:os');
const { join } = require('node:path');

const KEYS = {
  ORION_POSTGRES_URL: 'postgresUrl',
  ORION_RABBITMQ_URL: 'rabbitmqUrl',
  ORION_REDIS_URL: 'redisUrl',
};

/** Jest's global set-up: integration tests that are run by themselves get servers from the launcher. */
module.exports = () => {
  if (Object.keys(KEYS).every((key) => process.env[key])) return;
  const folder = mkdtempSync(join(tmpdir(), 'orion-servers-'));
  const file = join(folder, 'addresses.json');
  try {
    const env = { ...process.env, NODE_OPTIONS: '' };
    const launcher = join(__dirname, 'orion.mjs');
    execFileSync(process.execPath, [launcher, 'servers', '--write', file], { env, stdio: ['ignore', 2, 2] });
    const addresses = JSON.parse(readFileSync(file, 'utf8'));
    for (const [key, name] of Object.entries(KEYS)) process.env[key] ||= addresses[name];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};
