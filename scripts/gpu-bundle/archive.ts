/** The archive: a folder as .tar.xz, and what it must be: small, and free of this machine. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { SetupError } from '../setup/say.mjs';
import { filesUnder } from './packages.ts';

/** What is carried by mail and through narrow doors. */
export const MOST_BYTES = 60_000_000;

/** Such as '45.1 MB'. */
export function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(1)} MB`;
}

/** @throws SetupError where the archive is too large. */
export function checkSize(bytes: number, most = MOST_BYTES): void {
  if (bytes >= most) throw new SetupError(`the bundle is ${megabytes(bytes)}, and must be under ${megabytes(most)}.`, 1);
}

/** Files of a folder, programs and libraries aside, in which one of these paths of this machine stands. */
export function filesThatName(folder: string, paths: readonly string[]): string[] {
  return filesUnder(folder)
    .filter((path) => !/^(bin\/node|lib\/.*\.so.*|.*\.(node|wasm|npy))$/.test(path))
    .filter((path) => {
      const text = readFileSync(join(folder, path), 'utf8');
      return paths.some((each) => text.includes(each));
    });
}

/** Packs the folder, under its own name and with neither this user nor this time in it; gives the archive's size. */
export function pack(folder: string, archive: string): number {
  mkdirSync(dirname(archive), { recursive: true });
  const plain = ['--sort=name', '--owner=0', '--group=0', '--numeric-owner', '--mtime=2000-01-01T00:00:00Z'];
  const tar = spawnSync('tar', [...plain, '-cJf', archive, '-C', dirname(folder), basename(folder)], {
    encoding: 'utf8',
    env: { ...process.env, XZ_OPT: '-6 -T0' },
  });
  if (tar.status !== 0)
    throw new SetupError(`tar could not pack the bundle (it needs GNU tar and xz): ${tar.error?.message ?? tar.stderr}`);
  return statSync(archive).size;
}
