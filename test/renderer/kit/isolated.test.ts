import { afterEach, describe, expect, it } from 'vitest';
import { isolated } from '../../../renderer/kit/isolated.ts';
import { i18n, speak } from '../../../renderer/shared/i18n.ts';
import { otherWords } from '../../../renderer/shared/other-words.ts';

await otherWords.load();
afterEach(() => speak('en'));

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

  it('stands among Chinese words without a space, and among letters and digits with one', async () => {
    await speak('zh');
    const zh = i18n.getFixedT('zh');
    expect(zh('people.pinOf', { name: '王美玲' })).toBe('王美玲的 PIN');
    expect(zh('people.pinOf', { name: 'Siti' })).toBe('Siti 的 PIN');
    expect(zh('again.lately', { name: '王 美玲', sum: 'S$5.00' })).toBe(
      '不久前已给王 美玲录入 S$5.00。要再次录入吗？',
    );
    expect(zh('owner.missing.day', { till: '东门', day: '11月25日' })).toBe('缺少东门 11月25日的 Z 报表');
    expect(i18n.getFixedT('en')('people.pinOf', { name: '王美玲' })).toBe('PIN of 王美玲');
  });
});
