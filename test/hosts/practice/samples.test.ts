import { expect, test } from 'vitest';
import { practiceMembers } from '../../../main/hosts/practice/members.ts';
import { practiceSamples } from '../../../main/hosts/practice/samples.ts';
import { snapshotSchema } from '../../../preload/contract/index.ts';

test('every member to try is in the practice store, and shows what its hint says', () => {
  const { shape } = snapshotSchema.shape.practice.unwrap();
  expect(shape.samples.safeParse(practiceSamples).success).toBe(true);
  expect(new Set(practiceSamples.map(({ number }) => number)).size).toBe(practiceSamples.length);
  for (const { number, name, hint } of practiceSamples) {
    const found = practiceMembers.filter((member) => member.number === number || member.phone === number);
    expect(found.map((member) => member.name)).toContain(name);
    expect([number, found.length > 1]).toEqual([number, hint === 'family']);
    expect([number, found[0]?.enable === 1]).toEqual([number, hint !== 'disabled']);
    expect([number, /[a-z]/i.test(number)]).toEqual([number, hint === 'letters']);
  }
  expect(practiceSamples[0]?.hint).toBe('plain');
});
