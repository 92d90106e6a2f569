import { describe, expect, it } from 'vitest';
import { fits, matchesOf, parsed, readingsOf } from './match.ts';

const source = `
export const area = (width: number, { height = 1 }: Box): number => {
  if (width > limit) return fail('too wide', [1, 2, 3]);
  log.info("area", { width, 'height': height, ...rest });
  stop();
  return (width + 1) * height;
};
interface Box { readonly height?: number; depth: string }
type Unit = 'm' | 'mm';
`;
const scope = parsed(source);

describe('a pattern meets', () => {
  it.each([
    ['an expression', "fail('too wide', [1, 2, 3])"],
    ['one with other quotes', 'fail("too wide", [1, 2, 3])'],
    ['one that is laid out otherwise', 'fail(\n  // why\n  ("too wide"),\n  [1, 2, 3,],\n)'],
    ['parentheses that change nothing', '((width + 1) * height)'],
    ['a statement', 'stop();'],
    ['statements that stand together', 'stop(); return $area;'],
    ['a property', 'height: height'],
    ['a property in quotes', "'height': height"],
    ['properties that stand together', 'width, height: $any'],
    ['a spread', '...rest'],
    ['elements that stand together', '2, 3'],
    ['a parameter', 'width: number'],
    ['a parameter that is taken apart', '{ height = 1 }: Box'],
    ['a member of a type', 'depth: string;'],
    ['a type', "'m' | 'mm'"],
    ['one of several types', "'mm'"],
    ['what its placeholders leave open', 'if ($is) return $what;'],
  ])('%s', (_what, pattern) => {
    expect(matchesOf(pattern, scope)).toHaveLength(1);
  });
});

it.each([
  ['another value', "fail('too wide', [1, 2, 4])"],
  ['another operator', 'width >= limit'],
  ['another order', '3, 2'],
  ['what does not stand together', '1, 3'],
  ['the key of a property', 'log.height'],
  ['two things by one name', '$one > $one'],
])('a pattern does not meet %s', (_what, pattern) => {
  expect(matchesOf(pattern, scope)).toEqual([]);
});

it('says each place, and what stood there', () => {
  expect(matchesOf('width', scope).map(({ run }) => run.length)).toEqual([1, 1, 1]);
  const [found] = matchesOf('$width > limit', scope);
  expect(found?.bound.get('$width')?.['name']).toBe('width');
});

it('a word that ends in a semicolon is a statement, and without it an expression', () => {
  expect(readingsOf('stop();').flat()[0]?.type).toBe('ExpressionStatement');
  expect(readingsOf('stop()').flat()[0]?.type).toBe('CallExpression');
  expect(() => readingsOf('if (')).toThrow('no pattern of the language');
});

it('trees are compared by what they say', () => {
  expect(fits(parsed('const a = /x/g, b = 1_000n;'), parsed('const a = (/x/g),\n b = 1000n'))).toBe(true);
  expect(fits(parsed('const a = /x/g;'), parsed('const a = /x/;'))).toBe(false);
  expect(fits(parsed('f(`a`);'), parsed('f(`c`);'))).toBe(false);
});
