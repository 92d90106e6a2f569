import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = resolve(import.meta.dirname, '..');

const tests = readdirSync(join(root, 'test'), { recursive: true, encoding: 'utf8' })
  .map((name) => `test/${name.replaceAll('\\', '/')}`)
  .filter((path) => /\.test\.tsx?$/.test(path));

interface Row {
  readonly rule: string;
  readonly enforcedBy: readonly string[];
  readonly command: string;
}

const inCode = (cell: string): readonly string[] =>
  [...cell.matchAll(/`([^`]+)`/g)].map(([, text = '']) => text);

/** The rows of every table of a page, its heads left out. */
const rowsOf = (page: string): readonly Row[] =>
  page
    .split('\n')
    .filter((line) => line.startsWith('| ') && !/^\| (rule|-)/.test(line))
    .map((line) => {
      const [, rule = '', , enforcedBy = '', shownBy = ''] = line.split('|').map((cell) => cell.trim());
      return { rule, enforcedBy: inCode(enforcedBy), command: inCode(shownBy)[0] ?? '' };
    });

const COMMAND =
  /^npx vitest run --project (?:unit|simulation|simulator|torture|electron)((?: [\w/-]+)*)(?: -t "[\w-]+")?$/;

/** What a row names that is not there; a command finds its tests by a part of their names. */
function missing({ rule, enforcedBy, command }: Row): readonly string[] {
  const filters = COMMAND.exec(command)?.[1]?.trim().split(' ') ?? null;
  const nothings = filters?.filter((part) => !tests.some((path) => path.includes(part))) ?? [command];
  const files = enforcedBy.length === 0 ? ['nothing that enforces it'] : enforcedBy;
  return [...files.filter((path) => !existsSync(join(root, path))), ...nothings].map(
    (what) => `${rule}: ${what}`,
  );
}

describe('every invariant', () => {
  it('names what enforces it, and a command that finds its tests', () => {
    const rows = rowsOf(readFileSync(join(root, 'docs/invariants.md'), 'utf8'));
    expect(rows.length).toBeGreaterThan(25);
    expect(rows.flatMap(missing)).toEqual([]);
  });

  it.each([
    '| a | b | `main/nowhere.ts` | `npx vitest run --project unit sending/plan` |',
    '| a | b | nobody | `npx vitest run --project unit sending/plan` |',
    '| a | b | `main/sending/plan.ts` | `npx vitest run --project unit sync/no-such-thing` |',
    '| a | b | `main/sending/plan.ts` | `npm run hope` |',
    '| a | b | `main/sending/plan.ts` | by hand |',
  ])('is seen to lack something: %s', (line) => {
    expect(rowsOf(line).flatMap(missing)).toHaveLength(1);
  });
});
