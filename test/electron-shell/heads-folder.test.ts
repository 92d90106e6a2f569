import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { headsFolder } from '../../main/app/heads-folder.ts';
import { itWithLinks } from '../kit/posix.ts';
import { temporaryFolder } from '../kit/till.ts';

function place() {
  const base = temporaryFolder();
  const [data, root, link] = ['data', 'heads', 'link'].map((name) => join(base, name)) as [
    string,
    string,
    string,
  ];
  mkdirSync(data);
  mkdirSync(root);
  symlinkSync(data, link, 'junction');
  return { data, root, link };
}

itWithLinks('is the same through a link, and in either case of a drive’s letter', () => {
  const { data, root, link } = place();
  const of = (folder: string, platform?: NodeJS.Platform) => headsFolder(root, folder, platform);
  expect(of(link)).toBe(of(data));
  expect(of(`${data}/`)).toBe(of(data));
  expect(of('/nowhere/C', 'win32')).toBe(of('/nowhere/c', 'win32'));
  expect(of('/nowhere/C', 'linux')).not.toBe(of('/nowhere/c', 'linux'));
});
