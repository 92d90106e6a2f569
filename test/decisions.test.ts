import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { headingsOf } from './support/citations.ts';

const folder = resolve(import.meta.dirname, '../docs/adr');
const read = (name: string): string => readFileSync(join(folder, name), 'utf8');

const files = readdirSync(folder).filter((name) => name !== 'README.md');
const index = read('README.md');

const FRONT =
  /^# (\d+)\. (.+)\n\nStatus: (accepted|(?:accepted, in part )?superseded by (\d+(?: and \d+)*))\n\n## Context\n/;

/** What a decision lacks that a reader needs who wants to undo it. */
function lacking(name: string, text: string): readonly string[] {
  const [, number = '', title = '', status = '', successors = ''] = FRONT.exec(text) ?? [];
  if (number === '') return [`${name}: a title with its number, a status and a context, in this order`];
  const headings = headingsOf(text);
  const wanted: readonly [string, boolean][] = [
    ['a name of its number and what was decided', new RegExp(`^0*${number}-[a-z0-9-]+\\.md$`).test(name)],
    ['Decision', headings.includes('Decision')],
    ['Alternatives', /^## Alternatives\n\n\S/m.test(text)],
    ['its line in README.md', index.includes(`| [${number}](${name}) `) && isInIndex(title, status)],
    [
      'its successor',
      (successors.match(/\d+/g) ?? []).every((one) =>
        files.some((other) => Number.parseInt(other, 10) === Number(one)),
      ),
    ],
  ];
  return wanted.filter(([, isThere]) => !isThere).map(([what]) => `${name}: ${what}`);
}

const isInIndex = (title: string, status: string): boolean =>
  index.split('\n').some((line) => {
    const cells = line.split('|').map((cell) => cell.trim());
    return cells[2] === title && cells[3] === status;
  });

describe('every decision', () => {
  it('says what was decided, whether it holds, why, and what else there was', () => {
    expect(files.length).toBeGreaterThan(25);
    expect(files.flatMap((name) => lacking(name, read(name)))).toEqual([]);
  });

  it('has a number of its own', () => {
    const numbers = files.map((name) => Number.parseInt(name, 10));
    expect(new Set(numbers).size).toBe(numbers.length);
  });

  it.each([
    ['a status', 'Status: accepted', 'Accepted.'],
    ['alternatives', '## Alternatives', '## Others'],
    ['its title in the index', '. Every statement', '. No statement'],
    ['a successor that is there', 'Status: accepted', 'Status: superseded by 8 and 900'],
  ])('is seen to lack %s', (_what, sound, broken) => {
    const [name = ''] = files.filter((file) => file.startsWith('0007-'));
    expect(lacking(name, read(name))).toEqual([]);
    expect(lacking(name, read(name).replace(sound, broken))).not.toEqual([]);
  });
});
