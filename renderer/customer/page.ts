import type { CustomerShown } from '../../preload/contract/index.ts';
import { words } from './words.ts';

type Part = HTMLElement | string;

function element(tag: string, className: string, ...parts: readonly Part[]): HTMLElement {
  const made = document.createElement(tag);
  if (className !== '') made.className = className;
  made.append(...parts);
  return made;
}

/** A name is written in its own direction, and turns nothing round that stands beside it. */
function nameOf(name: string): HTMLElement {
  const made = element('bdi', '', name);
  made.dir = 'auto';
  return made;
}

const LONG = 14;
const VERY_LONG = 32;

/** What is long is written smaller, so that it fits: the page's policy forbids measured sizes. */
function sized(line: HTMLElement, name: string): HTMLElement {
  const length = [...new Intl.Segmenter().segment(name)].length;
  line.dataset['length'] = length > VERY_LONG ? 'very-long' : length > LONG ? 'long' : 'short';
  return line;
}

/** A whole sentence of the language, with the name where the language has it. */
function sentence(text: string, name: string): readonly Part[] {
  const [before = '', after = ''] = text.split('{{name}}');
  return [before, nameOf(name), after];
}

function sums({ language, amount, bonus, points }: Exclude<CustomerShown, { kind: 'idle' }>): HTMLElement {
  const { topUp, bonus: bonusWord, points: pointsWord } = words[language];
  const rows = [
    [topUp, amount, 'amount'],
    [bonusWord, bonus, 'bonus'],
    [pointsWord, points, 'points'],
  ] as const;
  return element(
    'dl',
    'sums',
    ...rows.flatMap(([label, value, className]) =>
      value === null
        ? []
        : [element('div', className, element('dt', '', label), element('dd', '', element('bdi', '', value)))],
    ),
  );
}

function head(shown: CustomerShown): HTMLElement {
  const said = words[shown.language];
  if (shown.kind === 'idle') return sized(element('h1', 'name', nameOf(shown.name)), shown.name);
  const name = shown.firstName;
  if (shown.kind === 'thanks') {
    const parts = name === null ? [said.thanks] : sentence(said.thanksTo, name);
    return sized(element('h1', 'name', ...parts), name ?? '');
  }
  return name === null
    ? element('h1', 'name', said.welcome)
    : sized(element('h1', 'name', nameOf(name)), name);
}

/** The whole page anew: it is small, and what is told to a stranger is never left over from before. */
export function draw(place: HTMLElement, shown: CustomerShown): void {
  const said = words[shown.language];
  document.documentElement.lang = shown.language;
  place.dataset['kind'] = shown.kind;
  place.replaceChildren(
    ...(shown.kind === 'idle' ? [element('p', 'welcome', said.welcome)] : []),
    head(shown),
    ...(shown.kind === 'idle' ? [] : [sums(shown)]),
    ...(shown.isPractice ? [element('p', 'practice', said.practice)] : []),
  );
}
