import { describe, expect, it } from 'vitest';
import { amount, parseAmount, separators } from '../../../preload/contract/index.ts';
import { sampleAmount, wrongSeparator } from '../../../renderer/kit/number-words.ts';
import { i18n, phraseText } from '../../../renderer/shared/i18n.ts';
import { otherWords } from '../../../renderer/shared/other-words.ts';

await otherWords.load();

const rulesIn = (locale: string, decimals = 2) => ({ ...separators(locale), decimals });

/** What is said of a typed amount, or the amount itself. */
function said(typed: string, locale: string, decimals = 2): string | null {
  const rules = rulesIn(locale, decimals);
  const parsed = parseAmount(typed, { ...rules, cap: amount('1000000') });
  if (parsed.ok) return parsed.value;
  const phrase = wrongSeparator({ typed, rules, locale }, parsed.error);
  return phrase === null ? null : phraseText(i18n.t, phrase);
}

describe('an example of an amount', () => {
  it('is written as the locale and the currency write one', () => {
    expect(sampleAmount(2, 'en-SG')).toBe('12.50');
    expect(sampleAmount(2, 'en-DE')).toBe('12,50');
    expect(sampleAmount(3, 'en')).toBe('12.500');
    expect(sampleAmount(0, 'en-DE')).toBe('12');
  });
});

describe('a number written as another country writes it', () => {
  it('is told apart from what is no number, and shown as it is written here', () => {
    expect(said('12,50', 'en-SG')).toBe(
      'Here the decimal sign is a point: write 12.50. A comma separates thousands.',
    );
    expect(said('12.50', 'en-DE')).toBe(
      'Here the decimal sign is a comma: write 12,50. A point separates thousands.',
    );
    expect(said('1.250,50', 'en-SG')).toContain('write 1,250.50.');
    expect(said('12.50', 'en-SE')).toBe('Here the decimal sign is a comma: write 12,50.');
    for (const typed of ['x', '12,5x', '1,2,3', '--5', '12,5055'])
      expect(said(typed, 'en-SG'), typed).toBeNull();
  });

  it('is never guessed at: thousands are thousands only where they are written so', () => {
    expect(said('1,250', 'en-SG')).toBe('1250');
    expect(said('1.250', 'en-DE')).toBe('1250');
    expect(said('1,250', 'en-DE')).toContain('If 1.250 is meant, write it so');
    expect(said('1.250', 'en-SG')).toContain('If 1,250 is meant, write it so');
    expect(said('0,500', 'en-BH', 3)).toBe(
      'Here the decimal sign is a point: write 0.500. A comma separates thousands.',
    );
    // Three decimals are right where the currency has three.
    expect(said('1.250', 'en-BH', 3)).toBe('1.250');
  });

  it('has words for every pair of marks', () => {
    for (const locale of ['en', 'en-DE', 'en-SE', 'en-CH', 'en-IN', 'en-ZA']) {
      for (const typed of ['12,50', '12.50', '1,250', '1.250'])
        expect(said(typed, locale) ?? '').not.toContain('wrongSeparator');
    }
  });
});
