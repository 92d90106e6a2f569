import { describe, expect, it } from 'vitest';
import { type KeyTarget, type ScanState, type ScanStep, scanKey } from '../../renderer/logic/scanner.ts';

interface Typing {
  readonly target: KeyTarget;
  readonly gapMs: number;
  readonly fieldText?: string;
}

/** Types the keys and then Enter; answers with what the Enter meant. */
function type(keys: string, { target, gapMs, fieldText = '' }: Typing): ScanStep['scanned'] {
  let state: ScanState | null = null;
  let text = fieldText;
  let scanned: ScanStep['scanned'] = null;
  [...Array.from(keys), 'Enter'].forEach((key, index) => {
    const step = scanKey(state, {
      key,
      atMs: 1_000 + index * gapMs,
      target,
      fieldText: text,
      special: false,
    });
    state = step.state;
    scanned = step.scanned;
    text += key;
  });
  return scanned;
}

describe('a scan', () => {
  it('is heard where nothing is focused, even from a slow scanner', () => {
    expect(type('8008010001', { target: 'elsewhere', gapMs: 150 })).toEqual({
      digits: '8008010001',
      textBefore: '',
    });
  });

  it('replaces the number of the member before, and says what stood there', () => {
    expect(type('8008010002', { target: 'member', gapMs: 8, fieldText: '8008010001' })).toEqual({
      digits: '8008010002',
      textBefore: '8008010001',
    });
  });

  it('is heard in an amount that is still empty: no person types ten digits at that speed', () => {
    expect(type('8008010001', { target: 'form-field', gapMs: 8 })?.digits).toBe('8008010001');
  });

  it('begins anew after a pause, so that an older key is not its first digit', () => {
    const first = scanKey(null, { key: '5', atMs: 0, target: 'member', fieldText: '', special: false });
    let state = first.state;
    let scanned: ScanStep['scanned'] = null;
    [...Array.from('8008010001'), 'Enter'].forEach((key, index) => {
      const step = scanKey(state, {
        key,
        atMs: 5_000 + index * 5,
        target: 'member',
        fieldText: '5',
        special: false,
      });
      ({ state, scanned } = step);
    });
    expect(scanned).toEqual({ digits: '8008010001', textBefore: '5' });
  });
});

describe('a person', () => {
  it.each([
    ['types an amount', '12345678', { target: 'form-field', gapMs: 110 }],
    ['types a short amount fast', '5000', { target: 'form-field', gapMs: 5 }],
    ['has an amount there already', '8008010001', { target: 'form-field', gapMs: 5, fieldText: '50' }],
    ['types decimals', '1234567.50', { target: 'form-field', gapMs: 5 }],
    ['types a number into the member field', '8008010001', { target: 'member', gapMs: 110 }],
    ['searches', '8008010001', { target: 'other-field', gapMs: 5 }],
    ['types letters', 'tan mei', { target: 'elsewhere', gapMs: 5 }],
    ['presses a digit and Enter', '5', { target: 'elsewhere', gapMs: 5 }],
  ] as const)('%s: no scan', (_, keys, typing) => {
    expect(type(keys, typing)).toBeNull();
  });

  it('holds a key or uses a shortcut: no scan goes on over it', () => {
    const input = { key: '1', target: 'elsewhere', fieldText: '' } as const;
    let state: ScanState | null = null;
    for (let index = 0; index < 8; index += 1) {
      ({ state } = scanKey(state, { ...input, atMs: index * 5, special: index === 4 }));
    }
    const end = scanKey(state, { ...input, key: 'Enter', atMs: 40, special: false });
    expect(end.scanned).toBeNull();
  });
});
