/** Which registers a window takes; that their elements are the right ones is for the tests of lines and strips. */
import { expect, test } from 'vitest';
import { windowOf } from './window.wgsl.ts';

test('elements, each in a register of its own', () => {
  const window = windowOf({ outputs: 3, taps: 2, step: 3, tapStep: 1 });
  expect(window.registers).toEqual([0, 1, 3, 4, 6, 7]);
  expect([window.size, window.offsetOf(3), window.at(2, 1)]).toEqual([1, 3, 'x7']);
});

test('quadruples, from the one that the first element lies in', () => {
  const window = windowOf({ outputs: 4, taps: 3, step: 1, tapStep: 1, shift: 3 });
  expect(window.registers).toEqual([0, 1, 2]);
  expect([window.size, window.offsetOf(0), window.offsetOf(2)]).toEqual([4, -3, 5]);
  expect([window.at(0, 0), window.at(0, 1), window.at(3, 2)]).toEqual(['x0.w', 'x1.x', 'x2.x']);
  expect(windowOf({ outputs: 2, taps: 1, step: 8, tapStep: 1, shift: 0 }).registers).toEqual([0, 2]);
});
