import { expect, it } from 'vitest';
import { policySchema } from '../../../../preload/contract/index.ts';
import { groups, namesIn } from '../../../../renderer/app/settings/groups.ts';

/** Set by file alone: nobody at a till knows what they do. */
const byFile = [
  'quiescenceMs',
  'secondReadingMs',
  'lookAfterMs',
  'memberFreshMs',
  'updateKilobytesPerSecond',
];
/** In the owner's view, beside the books. */
const byOwner = ['accounts'];

it('every setting is at one place, but those that a file alone sets', () => {
  const shown = groups.flatMap(namesIn).map((name) => (name === 'ownTenders' ? 'tenders' : name));
  expect([...shown, ...byFile, ...byOwner].sort()).toEqual(Object.keys(policySchema.shape).sort());
});
