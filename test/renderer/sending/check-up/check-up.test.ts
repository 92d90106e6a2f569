import { describe, expect, it } from 'vitest';
import type { CheckUp } from '../../../../preload/contract/index.ts';
import { durationWords } from '../../../../renderer/kit/format.ts';
import { answerText, answerWord } from '../../../../renderer/sending/check-up/check-up.ts';
import { i18n, phraseText } from '../../../../renderer/shared/i18n.ts';
import { otherWords } from '../../../../renderer/shared/other-words.ts';

await otherWords.load();

type Answer = CheckUp['answers'][number];

const given = (change: Partial<Answer>): Answer => ({
  ...{ question: 'same-bytes-again', answer: 'yes', words: '', note: null, figures: {}, atMs: 0 },
  ...change,
});
const word = (change: Partial<Answer>) => {
  const { tone, word: phrase } = answerWord(given(change));
  return [phraseText(i18n.t, phrase), tone];
};
const said = (change: Partial<Answer>) =>
  answerText(given(change), (ms) => durationWords(ms, 'en')).map((phrase) => phraseText(i18n.t, phrase));

describe('an answer of the check-up', () => {
  it('is one word', () => {
    expect(word({})).toEqual(['Yes', 'good']);
    expect(word({ answer: 'no' })).toEqual(['No', 'neutral']);
    expect(word({ answer: 'unclear' })).toEqual(['Unclear', 'warn']);
  });

  it('has KYBIO’s words beside it as a quotation, and the till’s own as a sentence', () => {
    expect(said({})).toEqual([]);
    expect(said({ words: '重复提交修改' })).toEqual(['“重复提交修改”']);
    expect(said({ note: 'credited-twice' })).toEqual(['It was credited twice.']);
  });

  it('has what was measured beside it, in words', () => {
    expect(said({ figures: { ageMs: 1_200_000 } })).toEqual(['After 20 minutes.']);
    expect(said({ figures: { delayMs: 10_500, carriesOurTime: true } })).toEqual([
      'Within 11 seconds, with the time that this till gave it.',
    ]);
    expect(said({ figures: { delayMs: 1_000, carriesOurTime: false } })).toEqual([
      "Within 1 second, with a time of KYBIO's own.",
    ]);
  });
});
