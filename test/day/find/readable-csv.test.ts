import { expect, it } from 'vitest';
import { readableCsvLines } from '../../../main/day/find/readable-csv.ts';

it('the totals stand in a block of their own, with heads of their own', () => {
  const words = { locale: 'en', say: { sums: 'Totals', 'line.net': 'Taken, less given back' } };
  const below = () => [];
  const readable = { words, storeTimeZone: 'Asia/Singapore' };
  const [head, ...rest] = [...readableCsvLines([], () => '', readable, below)];
  expect(head).toMatch(/^\ufeffnumber,time,/);
  expect(rest).toEqual([
    '\r\n',
    'Totals\r\n',
    'line,entries,paid,bonus,points\r\n',
    '"Taken, less given back",0,0,0,0\r\n',
  ]);
});
