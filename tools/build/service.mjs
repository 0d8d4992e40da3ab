import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const bundled = /^(\.|\/|\0|@orion\/|@oxc-project\/)/;

/** Rolldown configuration of a service: its own and the libraries' code in one file, packages left outside. */
export function service(configUrl) {
  const app = dirname(fileURLToPath(configUrl));
  return {
    input: resolve(app, 'src/main.ts'),
    platform: 'node',
    tsconfig: resolve(app, 'tsconfig.json'),
    external: (id) => !bundled.test(id),
    output: { dir: resolve(app, 'dist'), format: 'cjs', entryFileNames: 'main.cjs', sourcemap: true },
  };
}
