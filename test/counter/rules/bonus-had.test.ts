import { expect, it } from 'vitest';
import { createBonusHad } from '../../../main/counter/rules/bonus-had-repository.ts';
import { theProgram } from '../../../main/kernel/actor.ts';
import { createReplace } from '../../../main/ledger/replace.ts';
import { noTerms } from '../../../main/ledger/tables/fact-columns.ts';
import { amount } from '../../../preload/contract/index.ts';
import { draft, type Outbox, openOutbox, signer } from '../../kit/outbox.ts';

const DAY_MS = 86_400_000;
const [first, second] = ['2026-01-15', '2026-01-16'];
const terms = { ...noTerms, bonus: amount('5'), rule: 'Pay 50 get 5', ruleId: 'rule', rulesVersion: 1 };

function enter(till: Outbox, change: Parameters<typeof draft>[0] = {}) {
  const added = till.outbox.add({ ...draft(change), terms }, signer.sign);
  if (!added.ok) throw new Error(added.error.code);
  return added.value;
}

const had = (till: Outbox, day: string) => [...createBonusHad(till.db)('231607639459718452', day)];

it('is had on the day of the entry, and on every day before it: a clock set back gives nothing twice', () => {
  const till = openOutbox();
  till.clock.pass(DAY_MS);
  enter(till);
  expect(had(till, second)).toEqual(['rule']);
  expect(had(till, first)).toEqual(['rule']);
  expect(had(till, '2026-01-17')).toEqual([]);
});

it('what was sent anew on another day was had on the day of the first, however often', () => {
  const till = openOutbox();
  const replace = createReplace(till.db, till.outbox, till.transitions);
  const decision = { who: theProgram, reason: 'exact-stillness', evidence: null };
  const sendAnew = (id: string) => {
    const asked = till.transitions.sendToReview(till.attempt(id, 'unknown'), 'evidence-unclear');
    const added = asked === null ? null : replace(asked, decision, signer.sign);
    if (added === null) throw new Error('not replaced');
    return added;
  };
  const { id } = enter(till);
  till.clock.pass(DAY_MS);
  const again = sendAnew(id);
  expect(again.storeDay).toBe(second);
  expect(had(till, second)).toEqual([]);
  expect(had(till, first)).toEqual(['rule']);
  sendAnew(again.id);
  expect(had(till, second)).toEqual([]);
  expect(had(till, first)).toEqual(['rule']);
});
