// Reads Vite's manifest and fails where the shell or a route is larger than a phone on a poor line should load.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

const SHELL_KB = 240;
const ROUTE_KB = 80;

const dist = join(import.meta.dirname, 'dist');
const manifest = JSON.parse(readFileSync(join(dist, '.vite/manifest.json'), 'utf8'));

/** The chunk and everything it imports at once. */
function closure(key, found = new Set()) {
  if (found.has(key)) return found;
  found.add(key);
  for (const next of manifest[key].imports ?? []) closure(next, found);
  return found;
}

const kb = (keys) => {
  const bytes = [...keys].map((key) => gzipSync(readFileSync(join(dist, manifest[key].file))).length);
  return bytes.reduce((sum, size) => sum + size, 0) / 1024;
};

const entry = Object.keys(manifest).find((key) => manifest[key].isEntry);
const shell = closure(entry);
const parts = [['shell', kb(shell), SHELL_KB]];
for (const key of Object.keys(manifest).filter((it) => manifest[it].isDynamicEntry)) {
  parts.push([key, kb([...closure(key)].filter((it) => !shell.has(it))), ROUTE_KB]);
}

let tooLarge = false;
for (const [name, size, limit] of parts) {
  tooLarge ||= size > limit;
  process.stdout.write(
    `${size > limit ? 'TOO LARGE' : 'ok'}  ${size.toFixed(1).padStart(6)} KB of ${limit}  ${name}\n`,
  );
}
process.exit(tooLarge ? 1 : 0);
