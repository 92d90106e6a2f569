import { readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { parseAst } from 'vite';
import { describe, expect, it } from 'vitest';
import {
  amountProblems,
  bonusKinds,
  checkUpNotes,
  checkUpQuestions,
  checkUpSchema,
  decideReasonSchema,
  entryCauses,
  entryKinds,
  entryStates,
  errorCodes,
  languages,
  pauseReasons,
  personRoles,
  reviewAnswerSchema,
  scannerSchema,
  snapshotSchema,
  standardTenders,
  updateBlockers,
} from '../../../preload/contract/index.ts';
import { groups } from '../../../renderer/app/settings/groups.ts';
import {
  amountFields,
  codeFields,
  listFields,
  numberFields,
  timeFields,
} from '../../../renderer/app/settings/policy-form.ts';
import { testFlaws } from '../../../renderer/app/settings/scan-test.ts';
import { pastEnds } from '../../../renderer/counter/review/review-words.ts';
import { errorText, i18n, joinSentences, speak } from '../../../renderer/shared/i18n.ts';
import { otherWords } from '../../../renderer/shared/other-words.ts';
import { slashed } from '../../kit/slashes.ts';
import { english, firstEnglish, otherEnglish, pagesWithWords, wordsOfPage } from '../../support/english.ts';
import { firstLook } from '../../support/first-look.ts';

await otherWords.load();

const RENDERER = slashed(join(import.meta.dirname, '../../../renderer'));
const sources = readdirSync(RENDERER, { recursive: true, encoding: 'utf8' }).filter((name) =>
  /\.tsx?$/.test(name),
);
const read = (name: string) => readFileSync(join(RENDERER, name), 'utf8');

interface Node {
  readonly type: string;
  readonly [key: string]: unknown;
}

const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && typeof (value as Node).type === 'string';

function* walk(node: Node): Generator<Node> {
  yield node;
  for (const value of Object.values(node)) {
    for (const child of Array.isArray(value) ? value : [value]) if (isNode(child)) yield* walk(child);
  }
}

const hasWords = (text: unknown) => typeof text === 'string' && /\p{L}/u.test(text);
const spoken = new Set([
  'aria-label',
  'aria-description',
  'title',
  'label',
  'placeholder',
  'alt',
  'lead',
  'hint',
]);

/** Text that a person would read and no translator would see. */
function literals(source: string): string[] {
  const found: string[] = [];
  for (const node of walk(parseAst(source, { lang: 'tsx' }) as unknown as Node)) {
    if (node.type === 'JSXText' && hasWords(node['value'])) found.push(String(node['value']).trim());
    if (node.type === 'JSXExpressionContainer') {
      const inner = node['expression'] as Node;
      if (inner.type === 'Literal' && hasWords(inner['value'])) found.push(String(inner['value']));
    }
    if (node.type === 'JSXAttribute') {
      const name = String((node['name'] as Node)['name']);
      const value = node['value'];
      if (spoken.has(name) && isNode(value) && value.type === 'Literal' && hasWords(value['value'])) {
        found.push(`${name}="${value['value']}"`);
      }
    }
  }
  return found;
}

/** Keys that the sources name as they stand: `t('a.b')`, and tables of keys. */
const namedKeys = sources.flatMap((name) =>
  [...read(name).matchAll(/'([a-z][A-Za-z]+\.[A-Za-z.]+)'/g)].flatMap(([, key = '']) => key),
);

/** A tree of sentences as its keys, those of several numbers as one. */
const keysOf = (words: object, path = ''): readonly string[] =>
  Object.entries(words).flatMap(([key, value]: [string, unknown]) =>
    typeof value === 'object' && value !== null
      ? keysOf(value, `${path}${key}.`)
      : `${path}${key.replace(/_(one|other)$/, '')}`,
  );

const exists = (key: string) => i18n.exists(key) || i18n.exists(key, { count: 2 });

/** Whether sources say a key: as it stands, or as one of a group. */
const comparableText = (all: string) => (key: string) => {
  const groups = key.split('.').map((_, place, parts) => parts.slice(0, place).join('.'));
  return all.includes(`'${key}'`) || groups.some((group) => all.includes(`\`${group}.\${`));
};

describe('the words of the first look', () => {
  const look = firstLook(`${RENDERER}/main.tsx`).filter((path) => path.startsWith(RENDERER));
  const isSaid = comparableText(look.map((path) => readFileSync(path, 'utf8')).join(''));

  it('come with it, and no others', () => {
    expect(look.length).toBeGreaterThan(50);
    expect(keysOf(firstEnglish).filter((key) => !isSaid(key))).toEqual([]);
    // Whoever tells a failure there waits for its words.
    const later = keysOf(otherEnglish).filter((key) => !key.startsWith('errors.'));
    expect(later.filter(isSaid)).toEqual([]);
  });

  it('tell no failure but through what waits for its words', () => {
    const direct = look.filter((path) => /\berrorText\(/.test(readFileSync(path, 'utf8')));
    expect(direct.map((path) => basename(path)).sort()).toEqual(['i18n.ts', 'other-words.ts']);
  });
});

describe('the words of a page', () => {
  const groupsOf = (page: string) => [...new Set(Object.values(wordsOfPage(page)).flatMap(Object.keys))];
  const folderOf = (name: string) => slashed(dirname(name));
  const folders = [...new Set(sources.map(folderOf))];
  const said = new Map(
    folders.map((folder) => {
      const own = sources.filter((name) => folderOf(name) === folder);
      const keys = keysOf(english).filter(comparableText(own.map(read).join('')));
      return [folder, new Set(keys.map((key) => key.split('.')[0]))] as const;
    }),
  );
  const whoSays = (group: string) => folders.filter((folder) => said.get(folder)?.has(group));

  it.each(pagesWithWords)('%s are what it says itself, or several do, in every language', (page) => {
    const groups = groupsOf(page).map((group) => group.replace(/_(one|other)$/, ''));
    const isOwn = (group: string) =>
      whoSays(group).includes(page) || (page === 'shared' && whoSays(group).length > 1);
    expect(groups.filter((group) => !isOwn(group))).toEqual([]);
    expect(Object.keys(wordsOfPage(page))).toEqual(['enFirst', ...languages]);
  });

  it('are no other page’s', () => {
    const groups = pagesWithWords.flatMap(groupsOf);
    expect(groups.filter((group, at) => groups.indexOf(group) !== at)).toEqual([]);
  });

  it('are of the type that has all', () => {
    const type = read('locales/index.ts');
    expect(pagesWithWords.filter((page) => !type.includes(`'../${page}/words.json'`))).toEqual([]);
  });
});

describe('words', () => {
  it.each(sources.filter((name) => name.endsWith('.tsx')))('%s has none of its own', (name) => {
    expect(literals(read(name))).toEqual([]);
  });

  it('the check sees a literal where there is one', () => {
    expect(literals('const a = <p title="Hello">World{"!a"}<b aria-label="x" /></p>')).toHaveLength(4);
  });

  it('every key that the sources name has words', () => {
    expect(namedKeys.length).toBeGreaterThan(50);
    expect(namedKeys.filter((key) => !exists(key))).toEqual([]);
  });

  it('every sentence has somebody who says it', () => {
    const isSaid = comparableText(sources.map(read).join(''));
    expect(keysOf(english).filter((key) => !isSaid(key))).toEqual([]);
  });

  it.each([
    ['errors', errorCodes],
    ['states', entryStates],
    ['entry.means', entryStates],
    ['entry.kinds', entryKinds],
    ['causes', entryCauses],
    ['amountProblems', amountProblems],
    ['pointProblems', amountProblems],
    [
      'pauses',
      pauseReasons.flatMap((reason) =>
        ['short', 'title', 'held', 'what', 'do'].map((part) => `${reason}.${part}`),
      ),
    ],
    ['member', ['disabled', 'deleted', 'expired', 'blank']],
    ['reasons', decideReasonSchema.options],
    ['attemptEnds', [...pastEnds, 'none']],
    ['review.answers', reviewAnswerSchema.options],
    ['review.ask', reviewAnswerSchema.options],
    ['review.ask.confirm', reviewAnswerSchema.options],
    ['review.ask.against', reviewAnswerSchema.options.flatMap((answer) => [`unclear-${answer}`])],
    ['review.ask.against', ['arrived', 'send', 'drop-arrived', 'drop-not']],
    ['review.done', reviewAnswerSchema.options],
    [
      'journal',
      snapshotSchema.shape.journalProblem
        .unwrap()
        .options.flatMap((problem) => ['title', 'what', 'do'].map((part) => `${problem}.${part}`)),
    ],
    ['updates.why', updateBlockers],
    ['policy.fields', [...amountFields, ...numberFields, ...timeFields, ...codeFields, ...listFields]],
    [
      'policy.hints',
      [...amountFields, ...numberFields, ...timeFields, ...codeFields, ...listFields, 'ownTenders'],
    ],
    ['policy.tabs', groups.map(({ id }) => id)],
    ['scanner.ends', scannerSchema.shape.end.options],
    ['scanner.flaws', testFlaws],
    ['checkUp.questions', checkUpQuestions],
    [
      'checkUp.problems',
      ['interrupted', 'unanswered', 'other-writer', 'other-member', 'fault', 'not-reversed'],
    ],
    ['checkUp.notes', checkUpNotes],
    ['checkUp.figures', ['age', 'logOurTime', 'logOtherTime']],
    ['checkUp.states', checkUpSchema.shape.state.options],
    ['checkUp.answers', checkUpSchema.shape.answers.element.shape.answer.options],
    ['tenders', standardTenders],
    ['rules.kinds', bonusKinds],
    ['rules.ofEntry.gives', bonusKinds],
    ['people.roles', personRoles],
    ['strip', ['starting', 'online', 'offline', 'paused']],
    ['blockers', ['no-member', 'not-looked-up', 'member-closed', 'note-too-long', 'nothing-to-add']],
  ])('%s are complete', (group, codes) => {
    expect(codes.filter((code) => !exists(`${group}.${code}`))).toEqual([]);
  });

  it('a failure says more than its name, with the reference to the log', () => {
    for (const code of errorCodes) {
      const sentence = errorText(i18n.t, { code });
      // What happened, and what to do: two sentences at least.
      expect(sentence.split(/[.!?] /).length, code).toBeGreaterThan(1);
    }
    expect(errorText(i18n.t, { code: 'internal', reference: 'a81f' })).toContain('a81f');
  });

  it('a reason leaves no gap in its sentence', () => {
    const values = { sum: 's', ours: 'o', moved: 'm', time: 't', count: 1 };
    for (const reason of decideReasonSchema.options) {
      expect(i18n.t(`reasons.${reason}`, values), reason).toMatch(/^[^{}]+\.$/);
    }
  });

  it('a reference stays on one line with the word before it', () => {
    const text = JSON.stringify(english, null, 1);
    expect(text.match(/.*\b(ref|entry) \{\{.*/gi) ?? []).toEqual([]);
    expect(i18n.t('entry.reference', { reference: '0031' })).toBe('ref\u00a00031');
  });

  it('every question can be answered with yes or no', () => {
    for (const question of checkUpQuestions) {
      expect(i18n.t(`checkUp.questions.${question}`), question).toMatch(/^(Is|Does|Do) .*\?$/);
    }
  });

  it('says more of a failure whose reason is known, and the plain sentence for any other', () => {
    const say = (reason: string) => errorText(i18n.t, { code: 'check-up-not-possible', details: { reason } });
    expect(say('open-entries')).toContain('still open');
    expect(say('no-such-reason')).toBe(errorText(i18n.t, { code: 'check-up-not-possible' }));
  });

  it('nothing claims to be saved but what is', () => {
    const claims = errorCodes.filter((code) => /\bsaved\b/i.test(errorText(i18n.t, { code })));
    expect(claims).toEqual([]);
  });
});

it('sentences stand behind each other as each language sets them: in Chinese without a blank', async () => {
  await speak('zh');
  expect(joinSentences(i18n.t, ['已接收 2 份。', '1 份已有。'])).toBe('已接收 2 份。1 份已有。');
  await speak('en');
  expect(joinSentences(i18n.t, ['Took 2.', 'Had 1.'])).toBe('Took 2. Had 1.');
});
