import { describe, expect, it } from 'vitest';
import {
  MOST_STATE_BYTES,
  openTillState,
  sealTillState,
  stateFileOf,
  tillIdOfFile,
} from '../../../main/chain/states/till-state.ts';
import { sealForAccount } from '../../../main/kernel/sealing/account-seal.ts';
import { amount } from '../../../preload/contract/index.ts';
import { realRandom } from '../../kit/practice-store.ts';
import { stateDesk, stateOf, tillIdOf } from '../../kit/till-state.ts';

const state = stateOf({ variance: amount('-0.50'), copyAtMs: 1_799_999_999_000 });
const own = tillIdOf(1);
const sealed = sealTillState(state, stateDesk, realRandom);
const read = (bytes: Buffer, desk = stateDesk, tillId = own) => openTillState(bytes, desk, tillId);

/** A file around a text, by whoever has the App key. */
const around = (text: string, format = { kind: 'counterfoil state', version: 1 }) => {
  const { head, seal } = sealForAccount(format, stateDesk, realRandom);
  return Buffer.concat([head, seal(Buffer.from(text, 'utf8'), 'last')]);
};

describe('a till’s state', () => {
  it('is read by another till of the account as it was written, and says nothing to others', () => {
    expect(read(sealed)).toEqual(state);
    const { appKey, account } = stateDesk;
    for (const hidden of [state.name, own, state.epoch, account.host, account.appId, appKey, '-0.5'])
      expect(sealed.toString('latin1')).not.toContain(hidden);
  });

  it('is not opened for another account, with another key, or as another till’s', () => {
    expect(read(sealed, { ...stateDesk, account: { ...stateDesk.account, appId: 'A2' } })).toBe(
      'other-account',
    );
    expect(read(sealed, { ...stateDesk, appKey: 'ANOTHER-KEY' })).toBe('other-key');
    expect(read(sealed, stateDesk, tillIdOf(2))).toBe('altered');
  });

  it('is refused whichever byte of it is another, wherever it ends too early, and with anything behind it', () => {
    for (let at = 0; at < sealed.length; at += 1) {
      const altered = Buffer.from(sealed);
      altered[at] = (altered[at] ?? 0) ^ 1;
      expect(read(altered), String(at)).toBeTypeOf('string');
      expect(read(sealed.subarray(0, at)), String(at)).toMatch(/^(foreign|cut-off)$/);
    }
    expect(read(Buffer.concat([sealed, sealed]))).toBe('altered');
    expect(read(Buffer.concat([sealed, Buffer.alloc(1)]))).toBe('altered');
  });

  it('is refused where it is larger than any state, were it fifty megabytes', () => {
    expect(read(Buffer.concat([sealed, Buffer.alloc(50_000_000)]))).toBe('too-large');
    expect(read(Buffer.alloc(MOST_STATE_BYTES))).toBe('foreign');
    expect(read(around(JSON.stringify({ ...state, number: -1 })))).toBe('altered');
  });

  it('of a later version is told as such, and what a later one adds to this format is passed over', () => {
    expect(read(around(JSON.stringify(state), { kind: 'counterfoil state', version: 2 }))).toBe('newer');
    expect(read(around(JSON.stringify(state), { kind: 'counterfoil receipt', version: 1 }))).toBe('foreign');
    const later = {
      ...state,
      more: 1,
      status: {
        ...state.status,
        more: { a: 1 },
        entries: { ...state.status.entries, more: 1 },
        pauses: [{ reason: 'unheard-of', sinceMs: 5, needsManager: true, more: 1 }],
      },
    };
    expect(read(around(JSON.stringify(later)))).toEqual({
      ...state,
      status: { ...state.status, pauses: [{ reason: 'unheard-of', sinceMs: 5, needsManager: true }] },
    });
  });

  it('without a part, or with a nonsensical one, is not used', () => {
    const { run: _, ...without } = state;
    for (const bad of [
      without,
      { ...state, tillId: '../../../etc/x' },
      { ...state, atMs: -1 },
      { ...state, atMs: 1e300 },
      { ...state, number: 1.5 },
      { ...state, variance: '1e9' },
      { ...state, name: 'x'.repeat(201) },
      null,
    ])
      expect(read(around(JSON.stringify(bad)))).toBe('altered');
    expect(read(around('no JSON'))).toBe('altered');
  });

  it('lies under its till’s id, and under no other name', () => {
    expect(stateFileOf(own)).toBe('0000000000000001.state');
    expect(tillIdOfFile(stateFileOf(own))).toBe(own);
    for (const name of ['x.state', '0000000000000001.state.tmp', '../000000000000001.state', 'shop.json'])
      expect(tillIdOfFile(name)).toBeNull();
    expect(() => stateFileOf('../shop.json')).toThrow();
  });
});
