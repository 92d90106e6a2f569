import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { errorCodes, type Language, languages } from '../../../preload/contract/index.ts';
import { otherWords, type Words } from '../../../renderer/locales/index.ts';
import { errorText, i18n, isSpoken, speak } from '../../../renderer/shared/i18n.ts';
import { otherWords as rest } from '../../../renderer/shared/other-words.ts';
import { english } from '../../support/english.ts';

await rest.load();

const others = languages.filter((language) => language !== 'en');
const words = new Map<Language, Words>();
beforeAll(async () => {
  for (const language of others) words.set(language, (await otherWords[language]()).default);
});
afterEach(() => speak('en'));

const wordsOf = (language: Language): Words => words.get(language) ?? english;

type Sentence = readonly [key: string, sentence: string];

const sentencesOf = (tree: object, path = ''): readonly Sentence[] =>
  Object.entries(tree).flatMap(([key, value]: [string, unknown]) =>
    typeof value === 'object' && value !== null
      ? sentencesOf(value, `${path}${key}.`)
      : [[`${path}${key}`, String(value)] as const],
  );

const valuesIn = (sentence: string): string =>
  [...sentence.matchAll(/\{\{(\w+)\}\}/g)]
    .map(([, name = '']) => name)
    .sort((one, other) => one.localeCompare(other))
    .join(' ');

/** Each key with the values that are put into its sentence. */
const shapesOf = (tree: object) => sentencesOf(tree).map(([key, sentence]) => `${key} ${valuesIn(sentence)}`);

function differences(tree: object) {
  const [wanted, found] = [new Set(shapesOf(english)), new Set(shapesOf(tree))];
  return {
    lacks: [...wanted].filter((shape) => !found.has(shape)),
    hasBeside: [...found].filter((shape) => !wanted.has(shape)),
  };
}

/** Words that are no names: two with small letters. */
const isEnglish = /\b[a-z]{2,}\b.*\b[a-z]{2,}\b/;

describe('every language', () => {
  it.each(others)('%s has all sentences and no others, with the same values in them', (language) => {
    expect(differences(wordsOf(language))).toEqual({ lacks: [], hasBeside: [] });
  });

  it('is seen to lack one, or a value', () => {
    const { closing, ...rest } = english;
    expect(differences(rest).lacks).toHaveLength(Object.keys(closing).length);
    expect(differences({ ...english, closing: { ...closing, waiting_other: 'Some wait.' } }).lacks).toEqual([
      'closing.waiting_other count',
    ]);
    expect(differences({ ...english, more: 'More' }).hasBeside).toEqual(['more ']);
  });

  it.each(others)('%s leaves no sentence in English', (language) => {
    const inEnglish = new Map(sentencesOf(english));
    const left = sentencesOf(wordsOf(language)).filter(
      ([key, sentence]) =>
        sentence === inEnglish.get(key) && isEnglish.test(sentence.replace(/\{\{\w+\}\}/g, '')),
    );
    expect(left).toEqual([]);
  });

  it('Chinese has its own commas and stops', () => {
    const half = sentencesOf(wordsOf('zh')).filter(([, sentence]) => /\p{Script=Han}[,;:?!]/u.test(sentence));
    expect(half).toEqual([]);
  });

  it.each(others)('%s says of a failure what happened and what to do', async (language) => {
    await speak(language);
    const short = errorCodes.filter(
      (code) => errorText(i18n.t, { code }).split(/[.!?] |[。！？](?=.)/u).length < 2,
    );
    expect(short).toEqual([]);
  });

  it.each(languages)('in %s no two regions of the till have one name', (language) => {
    const { form, ticket, today, activity, review } = wordsOf(language);
    const names = [form.region, form.member, ticket.region, today.region, activity.today, review.title];
    expect(new Set(names).size).toBe(names.length);
  });

  it.each([
    ['zh', /已保存/],
    // As the first word; of data that are kept it says the same.
    ['ms', /^Disimpan\b/],
  ] as const)('%s claims nothing to be saved but what is', async (language, saved) => {
    await speak(language);
    expect(errorCodes.filter((code) => saved.test(errorText(i18n.t, { code })))).toEqual([]);
  });
});

/** What goes on from words that stand elsewhere. */
const isPiece = (sentence: string) =>
  /^(for|in|of|to|by|with|at|and|or|from|on|than|has|have|is|are|was|were)\b|^[,;:.]|\S ?[,(]$/.test(
    sentence,
  );

describe('whole sentences', () => {
  /** Facts of a list, or a switch's word. Confirm's hidden word before its sentence is named by tests and people. */
  const facts = new Set([
    'practice.plugIn',
    'practice.on',
    'ticket.onItsWay',
    'causes.from-confirmed-receipt',
  ]);

  it('are what every key has, never a piece that another language could not put elsewhere', () => {
    expect(sentencesOf(english).filter(([key, sentence]) => !facts.has(key) && isPiece(sentence))).toEqual(
      [],
    );
  });

  it('a piece is seen where there is one', () => {
    const pieces = ['for {{name}}', ', done', 'of {{count}}'];
    expect(pieces.filter((piece) => !isPiece(piece))).toEqual([]);
  });

  it.each(languages)('in %s end as sentences where one is put behind another', (language) => {
    const { updates, form, offlinePolicy } = wordsOf(language);
    const whole = [...Object.values(updates.why), updates.lead, offlinePolicy.first];
    expect([...whole, form.savedOffline, form.savedPaused].filter((one) => !/[.。]$/.test(one))).toEqual([]);
  });

  it.each(languages)('in %s each sentence of Confirm says for whom, on two lines', (language) => {
    const sentences = Object.values(wordsOf(language).form.say);
    expect(sentences.filter((one) => !one.includes('{{name}}') || one.split('\n').length !== 2)).toEqual([]);
  });
});

describe('the language that is spoken', () => {
  it('is the one asked for last, whichever comes first', async () => {
    await Promise.all([speak('zh-SG'), speak('ms-MY'), speak('en-SG')]);
    expect(i18n.language).toBe('en');
    await Promise.all([speak('en-SG'), speak('zh-SG')]);
    expect([i18n.language, i18n.t('states.queued')]).toEqual(['zh', wordsOf('zh').states.queued]);
  });

  it('is English where there are no words', async () => {
    await speak('de-DE');
    expect(i18n.language).toBe('en');
    expect(isSpoken('de-DE')).toBe(true);
  });
});
