/**
 * `pnpm build`: the packages' `dist/`, by turbo.
 */
import { exitWith } from './setup/say.mjs';
import { turbo } from './steps.ts';

try {
  await turbo('building the packages', 'the build failed', ['build']);
} catch (error) {
  exitWith(error);
}
