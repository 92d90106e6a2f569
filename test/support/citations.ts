import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** What a comment, a test's title or a document leans on. */
export interface Cited {
  readonly kind: 'protocol rule' | 'kybio trap' | 'ADR' | 'security check' | 'attack' | 'protocol';
  /** Its number, or the heading. */
  readonly what: string;
}

/** A text without what begins a comment's line, in which a citation may go over two lines. */
const flat = (text: string): string => text.replace(/\s*\n\s*(?:\/\/+|\*(?!\/))?\s*/g, ' ');

const list = String.raw`(\d+(?:(?:, | and |, and )\d+)*)`;

const numbersIn = (text: string): readonly string[] => text.match(/\d+/g) ?? [];

/** Every citation in a text, one for each number of a list. */
export function citationsIn(text: string): readonly Cited[] {
  const one = flat(text);
  const found = (kind: Cited['kind'], pattern: RegExp): readonly Cited[] =>
    [...one.matchAll(pattern)].flatMap(([, numbers = '']) =>
      numbersIn(numbers).map((what) => ({ kind, what: kind === 'attack' ? `B${what}` : what })),
    );
  return [
    ...found('protocol rule', new RegExp(String.raw`\bprotocol rules? ${list}`, 'gi')),
    ...found('kybio trap', new RegExp(String.raw`\bkybio traps? ${list}`, 'gi')),
    ...found('ADR', new RegExp(String.raw`\bADRs? ${list}`, 'g')),
    ...found('security check', new RegExp(String.raw`\bsecurity checks? ${list}`, 'gi')),
    ...found('attack', /\battack B(\d+)\b/gi),
    ...[...one.matchAll(/\bprotocol, "([^"]+)"/gi)].map(([, what = '']) => ({
      kind: 'protocol' as const,
      what,
    })),
  ];
}

const strays: readonly RegExp[] = [
  /(?<!protocol )\brules? \d+/gi,
  /[(`]?\bexactly-once\b(?:[`,)]| rule| protocol)/gi,
  /(?<!kybio )\btraps? \d+/gi,
  /\bkybio-api\b/gi,
  /\bsecurity items? \d+/gi,
  /\bADR 0\d+/g,
  /\bdocs\/adr\/\d+/g,
  /(?<![Aa]ttack )\bB\d{1,2}[:,] /g,
];

/** Citations that are written in another way, so that nobody finds them. */
export const strayCitations = (path: string, text: string): readonly string[] =>
  strays.flatMap((pattern) => (flat(text).match(pattern) ?? []).map((found) => `${path}: ${found.trim()}`));

const withoutFences = (markdown: string): string => markdown.replace(/^```[\s\S]*?^```/gm, '');

export const headingsOf = (markdown: string): readonly string[] =>
  [...withoutFences(markdown).matchAll(/^#{1,6} (.+)$/gm)].map(([, heading = '']) => heading.trim());

/** As GitHub and editors make an anchor of a heading. */
const anchorOf = (heading: string): string =>
  heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, '')
    .replaceAll(' ', '-');

const withoutCode = (markdown: string): string => withoutFences(markdown).replace(/`[^`\n]*`/g, '');

/** Links to a file of this repository that is not there, or to a heading that it lacks. */
export function brokenLinks(root: string, path: string, text?: string): readonly string[] {
  const own = text ?? readFileSync(join(root, path), 'utf8');
  const targets = [
    ...[...withoutCode(own).matchAll(/\]\(([^)\s]+)\)/g)].map(([, target = '']) => target),
    ...[...own.matchAll(/ (?:src|srcset)="([^"]+)"/g)].map(([, target = '']) => target),
  ].filter((target) => !/^[a-z]+:/.test(target));
  return targets.flatMap((target) => {
    const [file = '', anchor] = target.split('#');
    const to = file === '' ? path : join(dirname(path), file);
    const isThere = existsSync(join(root, to));
    const leads =
      isThere &&
      (anchor === undefined ||
        headingsOf(readFileSync(join(root, to), 'utf8'))
          .map(anchorOf)
          .includes(anchor));
    return leads ? [] : [`${path}: ${target}`];
  });
}

const NAMED = /`((?:main|preload|renderer|test|scripts|docs|build)(?:\/[\w.-]+)+)\/?`/g;

/** Files and folders that a document names in code and that are not there; decisions that hold no more are history. */
export function goneFiles(root: string, path: string, text?: string): readonly string[] {
  const own = text ?? readFileSync(join(root, path), 'utf8');
  if (/^Status: superseded/m.test(own)) return [];
  return [...withoutFences(own).matchAll(NAMED)]
    .map(([, named = '']) => named)
    .filter((named) => !existsSync(join(root, named)))
    .map((named) => `${path}: ${named}`);
}
