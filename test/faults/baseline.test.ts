import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { dayMutants } from '../days/mutants.ts';
import { controls } from '../simulation/controls.ts';
import { mutants } from '../simulation/mutants.ts';
import { lists } from './faults.ts';

const read = (name: string) => JSON.parse(readFileSync(join(import.meta.dirname, name), 'utf8'));

/**
 * The suite's finds before mechanisms were taken out, at the commit that it names. `mutants`: how many of Stryker's
 * (10.1.1) mutants of a sample of files the unit tests of their folder found, timeouts counted; nothing here reads them.
 */
const baseline: {
  readonly planted: Readonly<Record<string, readonly string[]>>;
  readonly simulatorControls: readonly string[];
  readonly simulatorMutants: readonly string[];
  readonly modelControls: readonly string[];
  readonly dayMutants: readonly string[];
  readonly mutants: Readonly<Record<string, { readonly found: number; readonly of: number }>>;
} = read('baseline.json');

const modelTest = readFileSync(join(import.meta.dirname, '../model/state-machine.test.ts'), 'utf8');
const modelControls = baseline.modelControls.filter((name) => modelTest.includes(`  '${name}': {`));

/** Names whose code went, each with the mechanism that it went with. */
const struck: Readonly<Record<string, string>> = read('struck.json');

const names = (list: readonly { readonly name: string }[]) => list.map(({ name }) => name);

it.each([
  ['planted fault', Object.values(baseline.planted).flat(), Object.values(lists).flatMap(Object.keys)],
  ['control of the simulator', baseline.simulatorControls, names(controls)],
  ['mutant of the simulator', baseline.simulatorMutants, names(mutants)],
  ['control of the model', baseline.modelControls, modelControls],
  ['mutant of the days', baseline.dayMutants, names(dayMutants)],
])('each %s of the baseline is still there, or went with its mechanism', (_kind, before, now) => {
  expect(before.filter((name) => !now.includes(name) && struck[name] === undefined)).toEqual([]);
});

it('strikes out only names of the baseline', () => {
  const known = new Set([
    ...Object.values(baseline.planted).flat(),
    ...baseline.simulatorControls,
    ...baseline.simulatorMutants,
    ...baseline.modelControls,
    ...baseline.dayMutants,
  ]);
  expect(Object.keys(struck).filter((name) => !known.has(name))).toEqual([]);
});
