import { expect, it } from 'vitest';
import { otherWords, type Words } from '../../renderer/locales/index.ts';
import { stagePage } from '../kit/page.ts';
import { pseudoWords } from '../kit/pseudo-words.ts';
import { walk } from '../support/electron-languages.ts';
import { english } from '../support/english.ts';

// The counter's screens in one that nobody speaks, whose words are longer: a button that breaks in a translation breaks there
// first.

/** What Malay's place is taken by, where a test wants that. */
let instead: Words | null = null;

const openPage = stagePage((path) =>
  instead !== null && /\/ms-[^/]*\.js$/.test(path) ? `export default ${JSON.stringify(instead)}` : null,
);

it('Malay fits the counter’s screens', async () => {
  instead = null;
  await walk(openPage, (await otherWords.ms()).default, 'ms-SG');
});

it('a language whose words are 40 % longer fits them', async () => {
  instead = pseudoWords(english, 0.4);
  await walk(openPage, instead, 'ms-SG');
});

it('one whose words are four times as long is found not to', async () => {
  instead = pseudoWords(english, 3);
  await expect(walk(openPage, instead, 'ms-SG')).rejects.toThrow(/^the form at /);
});
