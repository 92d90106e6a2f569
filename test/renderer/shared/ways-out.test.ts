import { describe, expect, it } from 'vitest';
import { errorCodes } from '../../../preload/contract/index.ts';
import { errorText, i18n } from '../../../renderer/shared/i18n.ts';
import { otherWords } from '../../../renderer/shared/other-words.ts';
import { wayOut } from '../../../renderer/shared/ways-out.ts';

await otherWords.load();

describe('the button beside a failure', () => {
  it('does what the sentence asks for', () => {
    expect(wayOut({ code: 'manager-pin-missing' })).toBe('make-pin');
    expect(wayOut({ code: 'manager-pin-missing', details: { reason: 'taken-out' } })).toBe('recover');
    expect(wayOut({ code: 'key-lost' })).toBe('replace-key');
    expect(wayOut({ code: 'key-lost', details: { what: 'managerPin', reason: 'pin' } })).toBe('recover');
    expect(wayOut({ code: 'offline-too-long' })).toBe('continue');
    expect(wayOut({ code: 'member-not-found' })).toBeNull();
  });

  it('is there wherever a sentence sends a person to a place of the till', () => {
    const sends =
      /Make one first|Set it up first|in Settings|\(Settings\)|in the menu|A manager can continue|recovery code it can/;
    const dead = errorCodes.filter(
      (code) => sends.test(errorText(i18n.t, { code })) && wayOut({ code }) === null,
    );
    expect(dead).toEqual([]);
  });

  it('has words', () => {
    for (const code of errorCodes) {
      const way = wayOut({ code });
      if (way !== null) expect(i18n.exists(`waysOut.${way}`), way).toBe(true);
    }
  });
});
