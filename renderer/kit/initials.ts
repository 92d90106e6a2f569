import { characters } from './characters.ts';

/** `TM` for `Tan Mei Ling`, `陈` for `陈佳`; empty without letters. */
export function initialsOf(name: string): string {
  const words = name.split(/\s+/u).filter((word) => /^\p{L}/u.test(word));
  const [first = '', second = ''] = words.map((word) => characters(word)[0] ?? '');
  return (/^\p{Script=Han}/u.test(first) ? first : first + second).toUpperCase();
}
