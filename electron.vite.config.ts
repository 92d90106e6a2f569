import { resolve } from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'electron-vite';
import { channelNames } from './preload/contract/index.ts';
import { notePackages } from './scripts/package/shipped.mjs';
import { noteFiles } from './scripts/package/write-shipped.mjs';

// What stays outside the bundles: Electron itself, and the two modules that the packaged app
// brings as they are (a native one, and undici, whose diagnostics channels we rely on).
const external = ['electron', 'better-sqlite3', 'undici'];

const [noteOfMain = '', noteOfPreload = '', noteOfRenderer = ''] = noteFiles;

const room = (path: string) => resolve(import.meta.dirname, path);

export default defineConfig({
  main: {
    plugins: [notePackages(noteOfMain)],
    build: {
      target: 'node20',
      minify: true,
      externalizeDeps: false,
      outDir: 'out/main',
      rollupOptions: {
        external,
        // A face hands on names: what is not asked for is not brought.
        treeshake: {
          moduleSideEffects: (id) =>
            !/\/(main\/\w+|preload\/contract)\/.*\.ts$/.test(id) || /-worker\.ts$/.test(id),
        },
        input: {
          index: room('main/index.ts'),
          // A part of its own, so that it runs before the others are asked for.
          bytecode: room('main/bytecode.ts'),
          // Threads of their own, started by their paths.
          'integrity-worker': room('main/app/integrity-worker.ts'),
          'records-worker': room('main/app/records-worker.ts'),
        },
        output: {
          format: 'cjs',
          entryFileNames: '[name].cjs',
          chunkFileNames: '[name]-[hash].cjs',
          // What comes from outside late comes by `require` too, as all else from the packed program.
          dynamicImportInCjs: false,
        },
      },
    },
  },
  preload: {
    plugins: [notePackages(noteOfPreload)],
    define: { CHANNEL_NAMES: JSON.stringify(channelNames) },
    build: {
      target: 'node20',
      minify: true,
      externalizeDeps: false,
      outDir: 'out/preload',
      rollupOptions: {
        external: ['electron'],
        // They share nothing that runs: a sandboxed preload can bring no second file along.
        input: { index: room('preload/index.ts'), customer: room('preload/customer.ts') },
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: room('renderer'),
    plugins: [react(), notePackages(noteOfRenderer)],
    build: {
      target: 'chrome130',
      cssTarget: 'chrome130',
      minify: true,
      outDir: room('out/renderer'),
      // The CSP has no data: URLs, and the page is served from disk.
      assetsInlineLimit: 0,
      chunkSizeWarningLimit: 800,
      modulePreload: { polyfill: false },
      rollupOptions: {
        input: { index: room('renderer/index.html'), customer: room('renderer/customer.html') },
        treeshake: {
          moduleSideEffects: (id) => !/\/(renderer\/\w+|preload\/contract)\/.*\.tsx?$/.test(id),
        },
      },
    },
  },
});
