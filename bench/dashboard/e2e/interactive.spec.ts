/** The sections that compute, in a real browser: the playground's errors and keys, the gallery on every backend. */
import type { Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { packFile } from '../../src/pack/pack-names.ts';
import type { OpenOptions } from './browser-page.ts';
import { PagesWithValues } from './pages-with-values.ts';
import { violations } from './violations.ts';

/** A run of the suite's quick subset, on a machine that does other things besides. */
const LONG = 240_000;

let pages: PagesWithValues;

beforeAll(async () => {
  pages = await PagesWithValues.start();
}, LONG);

afterAll(() => pages.stop());

/** Opens, and in the end demands that nothing but `expected` was asked for and nothing complained. */
async function on(options: OpenOptions, use: (page: Page) => Promise<void>, expected: readonly string[] = []): Promise<void> {
  expect(await pages.use(options, use)).toEqual([...expected].toSorted());
}

describe('playground', () => {
  const sentence = (page: Page) => page.locator('#reads-sentence');

  it('shows the shape, and where an element reads from as the keys move it', () =>
    on({ hash: '#playground' }, async (page) => {
      await page.getByText('[1, 6, 8, 1], float32; padding (1, 1), (1, 1)').waitFor();
      const out = page.getByRole('application');
      await out.focus();
      expect(await sentence(page).textContent()).toContain(
        'out[0, 0, 0, 0]: 4 of 9 taps meet elements of lhs (H 0, 1, W 0, 1), 5 meet padding',
      );
      await page.keyboard.press('ArrowDown');
      await page.keyboard.press('ArrowRight');
      expect(await sentence(page).textContent()).toContain('out[0, 1, 1, 0]: 9 of 9 taps meet elements of lhs (H 0 to 2, W 0 to 2)');
      expect(await page.locator('.reads figure').first().locator('.read').count()).toBe(9);
      await page.keyboard.press('End');
      expect(await sentence(page).textContent()).toContain('out[0, 5, 7, 0]');
      expect(await sentence(page).getAttribute('aria-live')).toBe('polite');
    }));

  it('follows the pointer', () =>
    on({ hash: '#playground' }, async (page) => {
      await page.getByRole('application').locator('[data-cell]').nth(10).hover();
      expect(await sentence(page).textContent()).toContain('out[0, 1, 2, 0]');
    }));

  it("raises JAX's error with its argument, rule and values, marks the field, and recovers", () =>
    on({ hash: '#playground' }, async (page) => {
      const padding = page.getByRole('textbox', { name: 'padding' });
      await padding.fill('NONSENSE');
      const alert = page.getByRole('alert');
      await alert.waitFor();
      expect(await alert.innerText()).toMatch(/^RuntimeError: lax\.convGeneralDilated: padding must be 'SAME'/);
      expect(await alert.innerText()).toContain('padding/string');
      expect(await padding.getAttribute('aria-invalid')).toBe('true');
      expect(await page.getByRole('application').count()).toBe(0);
      await padding.fill('(-1, 2), (0, 0)');
      await page.getByText('[1, 5, 6, 1], float32').waitFor();
      await page.getByLabel('Start from').selectOption({ label: 'A call that JAX refuses' });
      await page.getByRole('alert').getByText('ValueError').waitFor();
      expect(new URL(page.url()).hash).toContain('featureGroupCount=2');
    }));

  it('says what it cannot read', () =>
    on({ hash: '#playground?windowStrides=1,x' }, async (page) => {
      expect(await page.getByRole('alert').innerText()).toContain("windowStrides: '1,x' is not a list of numbers");
    }));

  it.each(['light', 'dark'] as const)('has no violation that axe finds (%s)', (colorScheme) =>
    on({ hash: '#playground', colorScheme }, async (page) => {
      await page.getByRole('application').waitFor();
      expect(await violations(page)).toEqual([]);
      await page.getByRole('textbox', { name: 'padding' }).fill('NONSENSE');
      await page.getByRole('alert').waitFor();
      expect(await violations(page)).toEqual([]);
    }),
  );

  it('fits a phone', () =>
    on({ hash: '#playground', width: 360 }, async (page) => {
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(360);
    }));
});

describe('gallery', () => {
  it.each([
    ['naive', 'dark'],
    ['wasm', 'light'],
  ] as const)(
    'runs the notebook within bounds on %s, and everyone can read it (%s)',
    (backend, colorScheme) =>
      on({ hash: `#gallery?backend=${backend}`, reducedMotion: 'reduce', colorScheme }, async (page) => {
        await page
          .getByRole('status')
          .filter({ hasText: /15 of 15 cells as JAX [\d.]+ has them/ })
          .waitFor({ timeout: LONG });
        expect(
          await page
            .getByRole('status')
            .filter({ hasText: `on ${backend}` })
            .count(),
        ).toBe(1);
        expect(await page.getByText('✓ as JAX').count()).toBe(15);
        // Every convolution of the notebook: one each in 12 cells.
        expect(await page.locator('figure').filter({ hasText: 'within the bound' }).count()).toBe(12);
        expect(await page.locator('.badge.wrong').count()).toBe(0);
        // The two densities are two pictures each: a cloud, and a slice of it.
        expect(await page.locator('.pictures img, .pictures svg, .pictures canvas').count()).toBe(20);
        // Its programs are coloured, and none of the colours is too faint.
        expect(await page.locator('#cell-15 .code').first().locator('.keyword', { hasText: 'await' }).count()).toBe(1);
        expect(await page.locator('#cell-15 .comment', { hasText: '# 3D data' }).count()).toBe(1);
        expect(await violations(page)).toEqual([]);
      }),
    LONG,
  );

  it(
    'takes packs from beside the page and threads where it is served for them; the backend can be switched; everyone can use it',
    () =>
      on(
        { hash: '#gallery', origin: pages.origin, reducedMotion: 'reduce' },
        async (page) => {
          await page
            .getByRole('status')
            .filter({ hasText: /15 of 15 cells .* on wasm, \d+ threads/ })
            .waitFor({ timeout: LONG });
          await page.getByLabel('Backend').selectOption('naive');
          await page
            .getByRole('status')
            .filter({ hasText: /15 of 15 cells .* on naive/ })
            .waitFor({ timeout: LONG });
          expect(await page.getByRole('button', { name: 'Turn input' }).textContent()).toBe('Turn');
          const slice = page.getByRole('slider', { name: 'Slice of 3D conv output' });
          const drawn = page.getByRole('img', { name: /^3D conv output, slice at/ });
          const before = await drawn.screenshot();
          await slice.press('Home');
          await page.getByText(/slice z 1 of 30: /).waitFor();
          expect(await slice.getAttribute('aria-valuetext')).toMatch(/^z 1 of 30, values -?[\d.]+ to [\d.]+$/);
          expect((await drawn.screenshot()).equals(before)).toBe(false);
          await slice.press('ArrowRight');
          expect(await drawn.getAttribute('aria-label')).toContain('z 2 of 30');
          expect(await violations(page)).toEqual([]);
        },
        ['suite', 'notebook'].map((name) => `${pages.origin}/${packFile(name as 'suite')}`),
      ),
    LONG,
  );

  it(
    'runs the notebook on webgpu where there is an adapter, and else says what is missing',
    () =>
      on({ hash: '#gallery?backend=webgpu', reducedMotion: 'reduce' }, async (page) => {
        const hasAdapter = await page.evaluate('navigator.gpu?.requestAdapter().then((adapter) => adapter !== null) ?? false');
        const ended =
          hasAdapter === true
            ? page.getByRole('status').filter({ hasText: /15 of 15 cells .* on webgpu/ })
            : page.getByRole('alert').filter({ hasText: /webgpu did not run it: .*(adapter|WebGPU)/ });
        await ended.waitFor({ timeout: LONG });
        expect(await page.getByText('✓ as JAX').count()).toBe(hasAdapter === true ? 15 : 0);
      }),
    LONG,
  );

  it('says so when the goldens are neither in the page nor beside it', async () => {
    const { page } = await pages.pages.open('beside', { hash: '#gallery' });
    expect(await page.getByRole('alert').innerText()).toContain('wasm did not run it');
    expect(await page.getByRole('alert').innerText()).toContain('opened from a file');
    await page.context().close();
  });
});
