import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { directoryStep, type FoundMembers } from '../../../main/chain/directory/directory-step.ts';
import {
  type DirectoryTill,
  fillsDirectory,
  type HeardTill,
  restoresFile,
  SILENT_MS,
} from '../../../main/chain/directory/who-fills.ts';

const NOW = 1_000_000_000_000;
const till = (number: number, tillId: string, wholeAtMs: number | null = null): DirectoryTill => {
  return { tillId, number, wholeAtMs };
};
const heard = (of: DirectoryTill, silentMs = 0): HeardTill => ({ ...of, heardAtMs: NOW - silentMs });
const told = (...tills: HeardTill[]) => ({ readAtMs: NOW, tills });

describe('the till that reads the directory from KYBIO', () => {
  it('is till 1 where nothing tells of others', () => {
    expect(fillsDirectory(till(1, 'a'), null)).toBe(true);
    expect(fillsDirectory(till(2, 'a'), null)).toBe(false);
  });

  it('is the first that was heard of, and another once that is silent for long', () => {
    const [first, second, third] = [till(1, 'c'), till(2, 'b'), till(3, 'a')] as const;
    expect(fillsDirectory(first, told(heard(second), heard(third)))).toBe(true);
    expect(fillsDirectory(second, told(heard(first, SILENT_MS), heard(third)))).toBe(false);
    expect(fillsDirectory(second, told(heard(first, SILENT_MS + 1), heard(third)))).toBe(true);
    expect(fillsDirectory(third, told(heard(first, SILENT_MS + 1), heard(second)))).toBe(false);
    // A clock that is ahead is one that was heard of.
    expect(fillsDirectory(second, told(heard(first, -SILENT_MS)))).toBe(false);
  });

  it('is by id where a number is used twice', () => {
    expect(fillsDirectory(till(1, 'a'), told(heard(till(1, 'b'))))).toBe(true);
    expect(fillsDirectory(till(1, 'b'), told(heard(till(1, 'a'))))).toBe(false);
  });

  it('is exactly one of those that hear of each other, whatever their numbers', () => {
    const someTill = fc.record({
      tillId: fc.integer({ min: 0, max: 9_999 }).map(String),
      number: fc.integer({ min: 1, max: 4 }),
      wholeAtMs: fc.option(fc.integer({ min: 1, max: 3 })),
    });
    const chain = fc.uniqueArray(someTill, { minLength: 1, maxLength: 80, selector: ({ tillId }) => tillId });
    const those = (tills: readonly DirectoryTill[], holds: typeof fillsDirectory) =>
      tills.filter((self) =>
        holds(self, told(...tills.filter((one) => one !== self).map((one) => heard(one)))),
      );
    fc.assert(
      fc.property(chain, (tills) => {
        expect(those(tills, fillsDirectory)).toHaveLength(1);
        const restoring = those(tills, restoresFile);
        const newest = Math.max(...tills.map(({ wholeAtMs }) => wholeAtMs ?? -1));
        expect(restoring.map(({ wholeAtMs }) => wholeAtMs)).toEqual(newest < 0 ? [] : [newest]);
      }),
      { numRuns: 200 },
    );
  });
});

describe('what a till does about the file in the folder', () => {
  const members = (wholeAtMs: number | null, isKnown = false, isOld = false): FoundMembers => {
    return { kind: 'members', wholeAtMs, isKnown, isOld };
  };
  const step = (found: FoundMembers, wholeAtMs: number | null, restores = false) =>
    directoryStep({ found, wholeAtMs, restores });

  it('is to write what is newer, and to take what is newer, once', () => {
    expect(step(members(5), 6)).toBe('write');
    expect(step(members(null), 6)).toBe('write');
    expect(step(members(5), 5)).toBeNull();
    expect(step(members(5), 4)).toBe('take');
    expect(step(members(5), null)).toBe('take');
    // By a clock that is ahead it would be newer for ever.
    expect(step(members(5, true), 4)).toBeNull();
    expect(step(members(null), null)).toBeNull();
  });

  it('is to put it there again at one till, which looks whether it is good', () => {
    expect(step({ kind: 'nothing' }, 5)).toBeNull();
    expect(step({ kind: 'nothing' }, 5, true)).toBe('write');
    expect(step(members(5), 5, true)).toBe('check');
    expect(step(members(5, true), 5, true)).toBeNull();
    // Without whoever was erased since.
    expect(step(members(5, true, true), 5, true)).toBe('write');
    expect(step(members(5, true, true), 5)).toBeNull();
  });

  it.each([
    ['foreign', 'write'],
    ['altered', 'write'],
    ['cut-off', 'write'],
    ['too-large', 'write'],
    ['other-key', 'write'],
    ['ahead', 'write'],
    ['other-account', null],
    ['newer', null],
    ['link', null],
    ['unreadable', null],
  ] as const)('where it is %s: %s', (reason, what) => {
    expect(step({ kind: 'refused', reason }, 5)).toBeNull();
    expect(step({ kind: 'refused', reason }, 5, true)).toBe(what);
  });
});
