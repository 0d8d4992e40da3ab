import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const bundled = /^(\.|\/|\0|@orion\/|@oxc-project\/)/;

/**
 * Rolldown configuration of a service: its own and the libraries' code in one file, packages left outside.
 * @param threads programs of its worker threads, a file each beside it, by name
 */
export function service(configUrl, threads = {}) {
  const app = dirname(fileURLToPath(configUrl));
  return {
    input: Object.fromEntries(
      Object.entries({ main: 'src/main.ts', ...threads }).map(([name, file]) => [name, resolve(app, file)]),
    ),
    platform: 'node',
    tsconfig: resolve(app, 'tsconfig.json'),
    external: (id) => !bundled.test(id),
    output: { dir: resolve(app, 'dist'), format: 'cjs', entryFileNames: '[name].cjs', sourcemap: true },
  };
}
