import type { Evidence } from './judge.ts';

const ofCopies: ReadonlySet<string> = new Set(['till.copy-met', 'chain.copy-writes']);

/** A copy that lives and a number that is used twice are told, and of no other till. */
export function judgeTwice({ record, told, twice }: Evidence): readonly string[] {
  const wrong: string[] = [];
  const { copied, toldTwice } = record;
  const isOfCopy = (till: number): boolean => till === copied?.till || till === copied?.of;
  const copies = told.filter(({ event }) => ofCopies.has(event));
  if (copied !== null && copies.length === 0) wrong.push(`nobody tells of the copy of till ${copied.of}`);
  for (const { till, event } of copies)
    if (!isOfCopy(till)) wrong.push(`till ${till} tells ${event}, and has no copy`);
  if (twice !== null && !toldTwice.has(twice.till))
    wrong.push(`nobody sees that till ${twice.till} has a number of another`);
  for (const till of toldTwice)
    if (till !== twice?.till && till !== twice?.other)
      wrong.push(`till ${till} is told to have a number of another`);
  return wrong;
}
