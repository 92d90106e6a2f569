import { expect, it } from 'vitest';
import { firstName } from '../../../main/paper/customer/first-name.ts';

it.each([
  ['Mei Ling Tan', 'Mei'],
  ['  Nur   Aisyah binti Abdul Rahman ', 'Nur'],
  ['Tan Mei Ling', 'Mei Ling'],
  ['LIM WEI', 'WEI'],
  ['Jasmine Tan Mei Ling', 'Jasmine'],
  ['Tan', 'Tan'],
  ['Madonna', 'Madonna'],
  ['陈美玲', '美玲'],
  ['李伟', '伟'],
  ['欧阳美玲', '美玲'],
  ['محمد عبد الله', 'محمد'],
  ['🦊 Fox', '🦊'],
  ['Ana\u3000Silva', 'Ana'],
  ['x'.repeat(100), 'x'.repeat(100)],
])('of %s a stranger reads %s', (name, first) => {
  expect(firstName(name)).toBe(first);
});

it('tells nothing of a member without a name', () => {
  expect(firstName('')).toBeNull();
  expect(firstName(' \u3000 ')).toBeNull();
});
