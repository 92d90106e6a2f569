import { expect, it } from 'vitest';
import { fileNameOf } from '../../main/kernel/file-name.ts';

it('says what it is, of which till and day', () => {
  expect(fileNameOf(['Z1', 'Counter 2', '2026-11-29'], 'json')).toBe('Z1 Counter 2 2026-11-29.json');
});

it('has nothing that Windows forbids, and two tills’ names stay two', () => {
  const tills = ['Bar 1/2', 'Bar 1\\2', 'Bar 1:2', 'Bar 1?2', 'Bar 1*2', 'Bar 1|2', 'Bar "1"2', 'Bar <1>2'];
  const names = tills.map((till) => fileNameOf(['Z1', till, '2026-11-29'], 'json'));
  expect(new Set(names).size).toBe(tills.length);
  for (const name of names) expect(name).not.toMatch(/[<>:"/\\|?*]/);
});

it('has no line breaks and nothing that turns it around, and fits where names are short', () => {
  expect(fileNameOf(['Z1', 'Bar\n\u202egnp', '2026-11-29'], 'pdf')).toBe('Z1 Bar gnp 2026-11-29.pdf');
  const long = fileNameOf(['Z1', '收'.repeat(120)], 'json');
  expect(Buffer.byteLength(long)).toBeLessThanOrEqual(255);
  expect(long).toMatch(/^Z1 收+\.json$/);
});
