import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { expect, it } from 'vitest';

// What comments, titles and documents lean on is there to be read.

const root = resolve(import.meta.dirname, '..');
const read = (path: string): string => readFileSync(join(root, path), 'utf8');

const filesIn = (folder: string, end: RegExp): readonly string[] =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .map((name) => `${folder}/${name.replaceAll('\\', '/')}`)
    .filter((path) => end.test(path) && path !== 'test/citations.test.ts');

const sources = ['main', 'preload', 'renderer', 'test', 'scripts'].flatMap((room) =>
  filesIn(room, /\.(ts|tsx|mjs)$/),
);
const documents = ['README.md', ...filesIn('docs', /\.md$/)];

const withoutFences = (markdown: string): string => markdown.replace(/^```[\s\S]*?^```/gm, '');

const headingsOf = (markdown: string): readonly string[] =>
  [...withoutFences(markdown).matchAll(/^#{1,6} (.+)$/gm)].map(([, heading = '']) => heading.trim());

/** As GitHub and editors make an anchor of a heading. */
const anchorOf = (heading: string): string =>
  heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, '')
    .replaceAll(' ', '-');

const protocol = headingsOf(read('docs/protocol.md'));
const numbered = (headings: readonly string[], word: string): readonly string[] =>
  headings.flatMap((heading) => new RegExp(`^${word} (\\d+): `).exec(heading)?.[1] ?? []);

const list = String.raw`(\d+(?:(?:, | and |, and )\d+)*)`;

/** How each kind is cited, and what there is of it. */
const kinds: readonly (readonly [kind: string, cited: RegExp, there: readonly string[]])[] = [
  ['protocol rule', new RegExp(String.raw`\bprotocol rules? ${list}`, 'gi'), numbered(protocol, 'Rule')],
  [
    'kybio trap',
    new RegExp(String.raw`\bkybio traps? ${list}`, 'gi'),
    numbered(headingsOf(read('docs/kybio.md')), 'Trap'),
  ],
  [
    'ADR',
    new RegExp(String.raw`\bADRs? ${list}`, 'g'),
    readdirSync(join(root, 'docs/adr')).flatMap((name) => /^0*(\d+)-/.exec(name)?.[1] ?? []),
  ],
  [
    'security check',
    new RegExp(String.raw`\bsecurity checks? ${list}`, 'gi'),
    [...read('docs/security-checks.md').matchAll(/^\| (\d+) +\|/gm)].map(([, n = '']) => n),
  ],
  [
    'attack',
    /\battack B(\d+)\b/gi,
    [...read('docs/attacks.md').matchAll(/^\| B(\d+) /gm)].map(([, n = '']) => n),
  ],
  ['protocol', /\bprotocol, "([^"]+)"/gi, protocol],
];

/** What a text cites that is not there; a citation in a comment may go over two lines. */
function missing(path: string, text: string): readonly string[] {
  const flat = text.replace(/\s*\n\s*(?:\/\/+|\*(?!\/))?\s*/g, ' ');
  return kinds.flatMap(([kind, cited, there]) =>
    [...flat.matchAll(cited)]
      .flatMap(([, what = '']) => (kind === 'protocol' ? what : (what.match(/\d+/g) ?? [])))
      .filter((what) => !there.includes(what))
      .map((what) => `${path}: ${kind} ${what}`),
  );
}

/** Links to a file of this repository that is not there, or to a heading that it lacks. */
function brokenLinks(path: string, own: string): readonly string[] {
  const code = withoutFences(own).replace(/`[^`\n]*`/g, '');
  const targets = [
    ...[...code.matchAll(/\]\(([^)\s]+)\)/g)].map(([, target = '']) => target),
    ...[...own.matchAll(/ (?:src|srcset)="([^"]+)"/g)].map(([, target = '']) => target),
  ].filter((target) => !/^[a-z]+:/.test(target));
  const leads = (target: string): boolean => {
    const [file = '', anchor] = target.split('#');
    const to = file === '' ? path : join(dirname(path), file);
    if (!existsSync(join(root, to))) return false;
    return anchor === undefined || headingsOf(read(to)).map(anchorOf).includes(anchor);
  };
  return targets.filter((target) => !leads(target)).map((target) => `${path}: ${target}`);
}

const NAMED = /`((?:main|preload|renderer|test|scripts|docs|build)(?:\/[\w.-]+)+)\/?`/g;

/** Files and folders that a document names and that are not there; decisions that hold no more are history. */
const goneFiles = (path: string, own: string): readonly string[] =>
  /^Status: superseded/m.test(own)
    ? []
    : [...withoutFences(own).matchAll(NAMED)]
        .map(([, named = '']) => named)
        .filter((named) => !existsSync(join(root, named)))
        .map((named) => `${path}: ${named}`);

it('what is cited is there, and so is what documents lead to and name', () => {
  const cited = [...sources, ...documents].flatMap((path) => missing(path, read(path)));
  const led = documents.flatMap((path) => [...brokenLinks(path, read(path)), ...goneFiles(path, read(path))]);
  expect([...cited, ...led]).toEqual([]);
});

it('what is not there is found', () => {
  const text = `/** Protocol rules 4 and 12, kybio
     * trap 90, ADR 19, security check 99, attack B12; protocol, "What nobody
     * has written". */ [a](nowhere.md) [b](protocol.md#rule-10) \`main/nowhere.ts\` \`docs/\``;
  expect(missing('docs/x.md', text)).toHaveLength(6);
  expect(brokenLinks('docs/x.md', text)).toHaveLength(2);
  expect(goneFiles('docs/x.md', text)).toEqual(['docs/x.md: main/nowhere.ts']);
});

it('every decision is in the index with its status', () => {
  const index = read('docs/adr/README.md');
  const lines = filesIn('docs/adr', /\/\d[^/]+\.md$/).map((path) => {
    const [, number, title, status] = /^# (\d+)\. (.+)\n\nStatus: (.+)\n/.exec(read(path)) ?? [];
    return new RegExp(
      `^\\| \\[${number}\\]\\(${path.slice('docs/adr/'.length)}\\) +\\| (.+?) +\\| (.+?) +\\|`,
      'm',
    )
      .exec(index)
      ?.slice(1)
      .join() === `${title},${status}`
      ? ''
      : path;
  });
  expect(lines.filter((line) => line !== '')).toEqual([]);
});
