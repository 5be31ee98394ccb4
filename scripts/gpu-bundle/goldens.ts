/** The bundle's goldens: the chosen families' files, as they are, under a manifest of their own. */
import { cpSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { caseFileSchema, expandCases, type ExpandedCase } from '../../conformance/src/goldens/cases.ts';
import { manifestSchema, type Manifest } from '../../conformance/src/goldens/manifest.ts';
import { ROOT } from '../setup/paths.mjs';
import { chooseFamilies, filesOf, manifestOf, shownBy, type FamilyFacts } from './choose-goldens.ts';

const GOLDENS = join(ROOT, 'goldens');

/** The repository's families. */
export function readFamilies(manifest: Manifest): FamilyFacts[] {
  return Object.keys(manifest.families).map((name) => {
    const file = `cases/${name}.json`;
    const caseFile = caseFileSchema.parse(JSON.parse(readFileSync(join(GOLDENS, file), 'utf8')));
    const cases = expandCases(file, caseFile);
    const sizes = [file, ...filesOf(manifest, name).map((data) => `data/${data}`)].map((path) => statSync(join(GOLDENS, path)).size);
    return {
      name,
      bytes: sizes.reduce((sum, size) => sum + size, 0),
      shows: new Set(cases.flatMap((one) => shownBy({ fn: one.call.fn, dtypes: dtypesOf(one), rule: one.refused }))),
      needs: [...new Set(cases.flatMap(arraysOf).map((array) => array.split('/')[0]))],
    };
  });
}

function dtypesOf({ call }: ExpandedCase): string[] {
  return call.operands.flatMap((operand) => ('dtype' in operand ? [operand.dtype] : []));
}

function arraysOf({ call }: ExpandedCase): string[] {
  return call.operands.flatMap((operand) => ('array' in operand ? [operand.array] : []));
}

/** The repository's manifest. */
export function readManifest(): Manifest {
  return manifestSchema.parse(JSON.parse(readFileSync(join(GOLDENS, 'manifest.json'), 'utf8')));
}

/** Copies the subset into a folder; gives the families' names. */
export function copyGoldens(folder: string): readonly string[] {
  const whole = readManifest();
  const names = chooseFamilies(readFamilies(whole));
  const manifest = manifestOf(whole, names);
  for (const file of [...names.map((name) => `cases/${name}.json`), ...Object.keys(manifest.files).map((data) => `data/${data}`)]) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    cpSync(join(GOLDENS, file), join(folder, file));
  }
  writeFileSync(join(folder, 'manifest.json'), JSON.stringify(manifest));
  return names;
}
