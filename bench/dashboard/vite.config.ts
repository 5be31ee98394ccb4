/** The dashboard: built into one HTML file, into which `bench/src/report` embeds results. `vite bench/dashboard` serves it for work on it. */
import { defineConfig } from 'vite';
import { classicScript } from './classic-script.ts';
import { inlineWorker } from './inline-worker.ts';
import { oneFile } from './one-file.ts';

export default defineConfig({
  root: import.meta.dirname,
  base: './',
  // The workspace's packages are read from their sources, as in the tests.
  resolve: { conditions: ['@laxconv/source', 'browser', 'module', 'import', 'default'] },
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  plugins: [inlineWorker(), classicScript(), oneFile()],
  server: { headers: { 'Cross-Origin-Opener-Policy': 'same-origin', 'Cross-Origin-Embedder-Policy': 'require-corp' } },
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    target: 'es2023',
    modulePreload: false,
    cssCodeSplit: false,
    assetsInlineLimit: Number.MAX_SAFE_INTEGER,
    chunkSizeWarningLimit: 1500,
    rolldownOptions: { output: { codeSplitting: false } },
  },
});
