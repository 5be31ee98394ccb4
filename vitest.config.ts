/**
 * All tests, as vitest projects: unit tests beside the code, the conformance suites, the tests of the harness, those of the scripts,
 * and what runs in Chromium (`*.browser.test.ts`) or drives it (`*.spec.ts`), when LAXCONV_CHROMIUM names one (`npm test` finds it).
 */
import { playwright } from '@vitest/browser-playwright';
import { defineConfig, type TestProjectConfiguration } from 'vitest/config';
import { givenUp } from './scripts/not-run.ts';
import { CountsReporter } from './scripts/test/counts-reporter.ts';

/** The workspace's packages are read from their sources. */
const SOURCE = '@laxconv/source';
const CHROMIUM = process.env['LAXCONV_CHROMIUM'];

/** What needs a WebGPU adapter in Node, and is left out where `npm test` has found none or LAXCONV_WITHOUT names it. */
const WEBGPU_TESTS = ['packages/webgpu/src/**/*.test.ts', 'conformance/suites/webgpu.test.ts', 'scripts/test/webgpu-variants.test.ts'];
const WEBGPU_BROWSER_TESTS = ['packages/webgpu/src/**/*.browser.test.ts', 'conformance/suites/webgpu.browser.test.ts'];
const hasWebgpu = process.env['LAXCONV_WEBGPU'] !== 'none' && !givenUp().has('webgpu');

declare module 'vitest' {
  interface ProvidedContext {
    readonly LAXCONV_RUNS: string | undefined;
    readonly LAXCONV_SEED: string | undefined;
  }
}

function inNode(name: string, include: string[], exclude: string[] = []): TestProjectConfiguration {
  return {
    resolve: { conditions: [SOURCE] },
    ssr: { resolve: { conditions: [SOURCE, 'node', 'module', 'import', 'default'] } },
    test: {
      name,
      include,
      exclude: ['**/node_modules/**', '**/dist/**', '**/*.browser.test.ts', ...exclude],
      environment: 'node',
      testTimeout: 60_000,
    },
  };
}

/** What compiles and what must not, in files that are never run; the compiler reports each as a test. */
const atCompileTime: TestProjectConfiguration = {
  test: {
    name: 'types',
    include: [],
    exclude: ['**/node_modules/**', '**/dist/**'],
    typecheck: {
      enabled: true,
      only: true,
      checker: 'tsc',
      include: ['packages/*/src/**/*.test-d.ts'],
      tsconfig: 'packages/api/tsconfig.json',
    },
  },
};

const inChromium: TestProjectConfiguration = {
  resolve: { conditions: [SOURCE, 'browser', 'module', 'import', 'default'] },
  // Threads in WASM need SharedArrayBuffer, which needs an isolated page.
  server: { headers: { 'Cross-Origin-Opener-Policy': 'same-origin', 'Cross-Origin-Embedder-Policy': 'require-corp' } },
  test: {
    name: 'chromium',
    include: [
      'packages/*/src/**/*.browser.test.ts',
      'conformance/{src,suites}/**/*.browser.test.ts',
      ...(process.env['LAXCONV_FULL'] === '1' ? ['scripts/test/*.browser.test.ts'] : []),
    ],
    exclude: ['**/node_modules/**', '**/dist/**', ...(givenUp().has('webgpu') ? WEBGPU_BROWSER_TESTS : [])],
    testTimeout: 60_000,
    // A browser has no environment variables.
    provide: { LAXCONV_RUNS: process.env['LAXCONV_RUNS'], LAXCONV_SEED: process.env['LAXCONV_SEED'] },
    browser: {
      enabled: true,
      headless: true,
      screenshotFailures: false,
      provider: playwright({
        launchOptions: {
          ...(CHROMIUM === undefined ? {} : { executablePath: CHROMIUM }),
          args: [
            '--no-sandbox',
            '--enable-unsafe-webgpu',
            '--disable-background-networking',
            '--disable-component-update',
            '--disable-sync',
            '--no-first-run',
          ],
        },
      }),
      instances: [{ browser: 'chromium', name: 'chromium' }],
    },
  },
};

export default defineConfig({
  test: {
    reporters: ['default', new CountsReporter()],
    passWithNoTests: false,
    projects: [
      inNode(
        'unit',
        [
          'packages/*/src/**/*.test.ts',
          'conformance/src/**/*.test.ts',
          'bench/src/**/*.test.ts',
          'bench/dashboard/**/*.test.ts',
          'docs/api/*.test.ts',
        ],
        WEBGPU_TESTS,
      ),
      atCompileTime,
      inNode('conformance', ['conformance/suites/**/*.test.ts'], WEBGPU_TESTS),
      ...(hasWebgpu ? [inNode('webgpu', WEBGPU_TESTS)] : []),
      inNode('meta', ['conformance/meta/**/*.test.ts']),
      inNode('scripts', ['scripts/**/*.test.ts'], WEBGPU_TESTS),
      ...(CHROMIUM === undefined ? [] : [inChromium, inNode('dashboard', ['bench/dashboard/e2e/**/*.spec.ts'])]),
    ],
    coverage: { include: ['packages/*/src/**/*.ts', 'conformance/src/**/*.ts'], exclude: ['**/*.test.ts'] },
  },
});
