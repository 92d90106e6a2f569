import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ordinary } from './faults/ordinary.ts';
import {
  brokenLinks,
  type Cited,
  citationsIn,
  goneFiles,
  headingsOf,
  strayCitations,
} from './support/citations.ts';

const root = resolve(import.meta.dirname, '..');
const read = (path: string): string => readFileSync(join(root, path), 'utf8');

const OWN_TEST = 'test/citations.test.ts';

const filesIn = (folder: string, end: RegExp): readonly string[] =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .map((name) => `${folder}/${name.replaceAll('\\', '/')}`)
    .filter((path) => end.test(path) && path !== OWN_TEST);

const sources = ['main', 'preload', 'renderer', 'test', 'scripts'].flatMap((room) =>
  filesIn(room, /\.(ts|tsx|mjs)$/),
);
const documents = ['README.md', ...filesIn('docs', /\.md$/)];

// What is cited names its own rules and traps without further ado.
const CITED = /^docs\/(protocol|kybio)\.md$/;

const protocol = headingsOf(read('docs/protocol.md'));
const numbered = (headings: readonly string[], word: string): readonly string[] =>
  headings.flatMap((heading) => new RegExp(`^${word} (\\d+): `).exec(heading)?.[1] ?? []);

/** What there is to cite. */
const citable: Readonly<Record<Cited['kind'], readonly string[]>> = {
  'protocol rule': numbered(protocol, 'Rule'),
  'kybio trap': numbered(headingsOf(read('docs/kybio.md')), 'Trap'),
  ADR: readdirSync(join(root, 'docs/adr')).flatMap((name) => /^0*(\d+)-/.exec(name)?.[1] ?? []),
  'security check': [...read('docs/security-checks.md').matchAll(/^\| (\d+) +\|/gm)].map(([, n = '']) => n),
  attack: [...read('docs/attacks.md').matchAll(/^\| (B\d+) /gm)].map(([, n = '']) => n),
  protocol,
};

const missing = (path: string, text: string): readonly string[] =>
  citationsIn(text)
    .filter(({ kind, what }) => !citable[kind].includes(what))
    .map(({ kind, what }) => `${path}: ${kind} ${what}`);

describe('what is cited', () => {
  it('is there to be read', () => {
    const all = [...sources, ...documents];
    expect(all.flatMap((path) => citationsIn(read(path))).length).toBeGreaterThan(100);
    expect(all.flatMap((path) => missing(path, read(path)))).toEqual([]);
  });

  it('is cited in one way', () => {
    const others = [...sources, ...documents.filter((path) => !CITED.test(path))];
    expect(others.flatMap((path) => strayCitations(path, read(path)))).toEqual([]);
  });

  it('is a security check that there is, in every table of checks', () => {
    const checks = sources.filter((path) => /^test\/electron\/security\/[^/]+\.test\.ts$/.test(path));
    const inWindows = checks.flatMap((path) =>
      [...read(path).matchAll(/^ {2}number: '([^']*)'/gm)].flatMap(([, number = '']) =>
        number.split(' and '),
      ),
    );
    const numbers = [
      ...inWindows,
      ...new Set(ordinary.map(({ check }) => check).filter((check) => check !== '')),
    ];
    expect(numbers.length).toBeGreaterThan(30);
    expect(numbers.filter((number) => !citable['security check'].includes(number))).toEqual([]);
  });
});

describe('what is cited and is not there', () => {
  it.each([
    ['// Nothing goes past it (protocol rule 10).', 'protocol rule 10'],
    ['/** Protocol rules 4, 6 and 12. */', 'protocol rule 12'],
    ['/**\n * Kept as it came (kybio\n * trap 90).\n */', 'kybio trap 90'],
    ['// see ADR 19', 'ADR 19'],
    ['// a key in a log (security check 99)', 'security check 99'],
    ['/** Attack B12: nobody knows it. */', 'attack B12'],
    ['// Left to others (protocol, "What nobody\n// has written").', 'protocol What nobody has written'],
  ])('is found: %j', (text, found) => {
    expect(missing('a.ts', text)).toEqual([`a.ts: ${found}`]);
  });

  it.each([
    '// (rule 4)',
    '/** Rules 2 and 8 of the protocol. */',
    '// exactly-once rule 5',
    '// kybio-api trap 5',
    '// (trap 4)',
    '// security item 26',
    '// ADR 0023',
    '// docs/adr/0005',
    '/** B5: once more. */',
  ])('nor is another way of citing passed over: %j', (text) => {
    expect(strayCitations('main/a.ts', text)).not.toEqual([]);
  });
});

describe('links in the documents', () => {
  it('lead to a file, and to a heading of it', () => {
    expect(documents.flatMap((path) => brokenLinks(root, path))).toEqual([]);
  });

  it('are seen to be broken', () => {
    const text = '[a](nowhere.md) ![b](images/none.png) [c](protocol.md#rule-10) [d](protocol.md#the-rules)';
    expect(brokenLinks(root, 'docs/x.md', text)).toHaveLength(3);
  });
});

describe('files that the documents name', () => {
  it('are there', () => {
    expect(documents.flatMap((path) => goneFiles(root, path))).toEqual([]);
  });

  it('are seen to be gone', () => {
    const text = 'See `main/nowhere.ts`, `docs/` and `test/hosts/kybio`; not `main/*`.';
    expect(goneFiles(root, 'docs/x.md', text)).toEqual(['docs/x.md: main/nowhere.ts']);
    expect(goneFiles(root, 'docs/adr/x.md', `Status: superseded by 30\n${text}`)).toEqual([]);
  });
});
