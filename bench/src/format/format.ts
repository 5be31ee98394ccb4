/** How numbers are written for people. */

const UNITS = [
  { from: 1000, scale: 1 / 1000, unit: 's' },
  { from: 1, scale: 1, unit: 'ms' },
  { from: 0, scale: 1000, unit: 'µs' },
];

/** A duration to three digits in the unit that suits it: '1.23 s', '45.6 ms', '0.789 µs'. */
export function formatMs(ms: number): string {
  if (!Number.isFinite(ms)) return '–';
  const { scale, unit } = UNITS.find(({ from }) => ms >= from) ?? UNITS[2];
  return `${formatNumber(ms * scale)} ${unit}`;
}

/** Three significant digits, without an exponent where that is short. */
export function formatNumber(value: number): string {
  if (!Number.isFinite(value)) return '–';
  if (value === 0) return '0';
  const magnitude = Math.abs(value);
  if (magnitude >= 1e6 || magnitude < 1e-3) return value.toExponential(1);
  if (magnitude >= 100) return Math.round(value).toLocaleString('en');
  return value.toPrecision(3);
}

/** A fraction as a percentage: '38.4 %', '0.42 %'. */
export function formatPercent(fraction: number): string {
  const percent = fraction * 100;
  if (percent === 0) return '0 %';
  return `${percent.toPrecision(percent >= 10 ? 3 : 2)} %`;
}

/** 'one test', '3 tests'. */
export function countOf(count: number, one: string, many = `${one}s`): string {
  return `${count.toLocaleString('en')} ${count === 1 ? one : many}`;
}
