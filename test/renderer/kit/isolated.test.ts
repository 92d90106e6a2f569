import { describe, expect, it } from 'vitest';
import { isolated } from '../../../renderer/kit/isolated.ts';
import { i18n } from '../../../renderer/shared/i18n.ts';
import { otherWords } from '../../../renderer/shared/other-words.ts';

await otherWords.load();

/** Attack B10: the title of a review read `02.15$S` for S$51.20. */
describe('a name in a sentence', () => {
  it('turns nothing but itself', () => {
    expect(isolated('Ann Tan\u202e')).toBe('Ann Tan');
    expect(isolated('\u200fAnn\u061c')).toBe('Ann');
    expect(isolated('דנה 12')).toBe('\u2068דנה 12\u2069');
    expect(isolated('陈美玲 <b>&')).toBe('陈美玲 <b>&');
  });

  it('is isolated in every sentence, and written as it is in any other way', () => {
    const title = (name: string) => i18n.t('review.case.title', { name, sum: 'S$51.20' });
    expect(title('Ann Tan\u202e')).toBe('Ann Tan · S$51.20');
    expect(title('نور')).toBe('\u2068نور\u2069 · S$51.20');
    expect(title('Tan & "Söhne" <3')).toBe('Tan & "Söhne" <3 · S$51.20');
  });
});
