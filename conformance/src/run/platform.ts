/** Where a run runs: Node's own words, or a browser's. */
import type { Platform } from '../report/result.ts';

/** Describes this process or page. */
export function platform(): Platform {
  if (typeof process !== 'undefined' && process.versions?.node !== undefined) {
    return { runtime: `node ${process.versions.node}`, os: process.platform, arch: process.arch, cpus: navigator.hardwareConcurrency };
  }
  const { userAgent, hardwareConcurrency } = navigator;
  const [, browser, version] = /(Firefox|Chrome|HeadlessChrome|Version)\/([\d.]+)/.exec(userAgent) ?? [];
  const name = browser === 'Version' ? 'safari' : browser?.replace('Headless', '').replace('Chrome', 'chromium').toLowerCase();
  return { runtime: `${name ?? 'browser'} ${version ?? '?'}`, os: osOf(userAgent), arch: 'unknown', cpus: hardwareConcurrency };
}

function osOf(userAgent: string): string {
  return /Linux|Mac OS X|Windows|Android/.exec(userAgent)?.[0] ?? 'unknown';
}
