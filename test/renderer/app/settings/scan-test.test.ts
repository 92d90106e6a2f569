import { describe, expect, it } from 'vitest';
import { testScan } from '../../../../renderer/app/settings/scan-test.ts';
import type { KeyPress } from '../../../../renderer/counter/scanner/scan-key.ts';
import { charPress, namedPress, scannerSettings } from '../../support/typed-form.ts';

const typed = (text: string, gapMs: number, end: 'Enter' | 'Tab' | null = 'Enter'): KeyPress[] => [
  ...Array.from(text).map((char, index) => charPress(char, 50 + index * gapMs)),
  ...(end === null ? [] : [namedPress(end, 50 + text.length * gapMs)]),
];

describe('trying a scanner', () => {
  it('tells the code, what was taken off it, and how it came', () => {
    const settings = { ...scannerSettings, prefix: 'CF' };
    expect(testScan(typed('CF]C1VIP-0012', 8), settings)).toEqual({
      code: 'VIP-0012',
      stripped: ['CF', ']C1'],
      characters: 13,
      meanGapMs: 8,
      end: 'enter',
      flaw: null,
    });
  });

  it.each([
    ['too slow for the setting', typed('8008', 48), 'too-slow'],
    ['as slow as a person', typed('8008', 90), 'too-slow'],
    ['shorter than a scan', typed('80', 8), 'too-short'],
    ['without an end', typed('8008', 8, null), 'no-end'],
    ['an end that came late', [...typed('8008', 8, null), namedPress('Enter', 900)], 'late-end'],
    [
      'a key that no card holds',
      [
        ...typed('80', 8, null),
        namedPress('F8', 66),
        ...typed('0812', 8).map((press) => ({ ...press, atMs: press.atMs + 24 })),
      ],
      'other-key',
    ],
  ])('says what is wrong: %s', (_, presses, flaw) => {
    expect(testScan(presses, scannerSettings)?.flaw).toBe(flaw);
  });

  it('goes by the values that are in the form', () => {
    expect(testScan(typed('8008', 48), { ...scannerSettings, meanGapMs: 50 })?.flaw).toBeNull();
    expect(testScan(typed('8008', 8, 'Tab'), { ...scannerSettings, end: 'enter' })?.flaw).toBe('wrong-end');
    expect(testScan(typed('CFX', 8), { ...scannerSettings, prefix: 'cfx' })?.flaw).toBe('empty');
  });

  it('has nothing to tell of keys that type nothing', () => {
    expect(testScan([namedPress('Shift', 0), namedPress('ArrowUp', 9)], scannerSettings)).toBeNull();
    expect(testScan([], scannerSettings)).toBeNull();
  });
});
