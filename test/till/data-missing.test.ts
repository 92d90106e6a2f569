import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { readSwitches, switchProblem } from '../../main/switches.ts';
import { isDataMissing } from '../../main/till/data-missing.ts';
import { temporaryFolder } from '../support/till.ts';

it('tells a till whose database is gone or empty from one that was never set up', () => {
  const folder = temporaryFolder();
  expect(isDataMissing(folder)).toBe(false);
  mkdirSync(join(folder, 'live'));
  writeFileSync(join(folder, 'live', 'vault.json'), '{}');
  expect(isDataMissing(folder)).toBe(false);
  writeFileSync(join(folder, 'mode.json'), '{"mode":"live"}');
  expect(isDataMissing(folder)).toBe(true);
  writeFileSync(join(folder, 'live', 'counterfoil.db'), '');
  expect(isDataMissing(folder)).toBe(true);
  writeFileSync(join(folder, 'live', 'counterfoil.db'), 'SQLite format 3');
  expect(isDataMissing(folder)).toBe(false);
});

it('refuses a switch without its value, and reads the others', () => {
  for (const argv of [['--export'], ['--export='], ['--provision='], ['--verify=1']]) {
    expect(switchProblem(argv)).not.toBeNull();
  }
  const argv = ['.', '--user-data-dir=/data/till', '--provision=a=b.json', '--no-sandbox'];
  expect(switchProblem(argv)).toBeNull();
  expect(readSwitches(argv)).toEqual({
    ...{ userDataDir: '/data/till', provision: 'a=b.json', verify: false, exportTo: null },
  });
});
