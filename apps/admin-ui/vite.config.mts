import { resolve } from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

const lib = (path: string) => resolve(import.meta.dirname, '../../libs', path, 'src/index.ts');

const target = process.env['ORION_GATEWAY_URL'] ?? 'http://127.0.0.1:3000';
/** The gateway must see the host the page came from: cookies count for pages of that host only. */
const proxy = { '/api': { target, changeOrigin: false } };

export default defineConfig({
  root: import.meta.dirname,
  plugins: [react()],
  resolve: { alias: { '@orion/contracts': lib('contracts'), '@orion/client': lib('client') } },
  server: { port: 4200, proxy },
  preview: { port: 4300, proxy },
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    manifest: true,
    target: 'es2022',
    rolldownOptions: {
      treeshake: {
        // Contracts are declarations: a file of them does nothing but make values, so one nobody uses may go.
        moduleSideEffects: [{ test: /libs\/contracts\/src/, sideEffects: false }],
      },
    },
  },
});
