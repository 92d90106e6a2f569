import fc from 'fast-check';
import { expect, it } from 'vitest';
import { kybio } from '../../main/hosts/kybio/kybio.ts';
import { theManager } from '../../main/kernel/actor.ts';
import { createRunInTransaction } from '../../main/kernel/database/run-in-transaction.ts';
import { createImportEntry } from '../../main/ledger/import-repository.ts';
import { createTillIdentity } from '../../main/ledger/journal/till-identity-repository.ts';
import { auditJournal } from '../../main/ledger/journal-audit.ts';
import { allDays, createTally } from '../../main/ledger/shown/tally.ts';
import type { Increment } from '../../main/ledger/types.ts';
import { type ReceiptCodeDesk, readReceiptCode } from '../../main/paper/slips/receipt-code.ts';
import { deriveReceiptCodeKey } from '../../main/paper/slips/receipt-code-seal.ts';
import { createSlipsService } from '../../main/paper/slips/slips-service.ts';
import { createConfirmedPapers } from '../../main/sending/confirmed-paper.ts';
import { createEvidenceRepository } from '../../main/sending/evidence-repository.ts';
import { identity, type Outbox, openOutbox, signer } from '../kit/outbox.ts';
import { realRandom } from '../kit/practice-store.ts';
import { silentLogger } from '../kit/till.ts';

const account = { host: identity.accountHost, appId: identity.accountAppId };
const desk: ReceiptCodeDesk = { account, key: deriveReceiptCodeKey('KEY-ONE', account), isPractice: false };

function slipsOf(till: Outbox) {
  const evidence = createEvidenceRepository(till.db);
  const runInTransaction = createRunInTransaction(till.db);
  return createSlipsService({
    ...{ account, isPractice: false, tillName: identity.till, outbox: till.outbox, logger: silentLogger },
    ...{ clock: till.clock, evidence, runInTransaction },
    tillIdentity: createTillIdentity(till.db, till.journal, realRandom),
    ofKey: (make) => make('KEY-ONE'),
    signer: () => signer,
    importEntry: createImportEntry({ ...till, identity }),
    confirmedPapers: createConfirmedPapers({ ...till, evidence, runInTransaction }),
    heldBefore: () => null,
    meet: () => undefined,
    memberOf: () => null,
    mayStillArrive: () => undefined,
  });
}

const happenings = ['waits', 'applied', 'rejected', 'unknown', 'cancelled'] as const;

const happened = (till: Outbox, what: (typeof happenings)[number], member: number): Increment => {
  const { id } = till.add({
    customerUid: `23160763945971845${member}`,
    balanceIncrement: String(member + 1),
  });
  if (what === 'cancelled') till.transitions.cancel(id, theManager);
  else if (what !== 'waits') till.attempt(id, what);
  till.clock.pass(7_000);
  return till.outbox.byId(id) as Increment;
};

function problemsOf({ db, journal }: Outbox): readonly string[] {
  const steps = auditJournal({ db, journal, readIncrement: kybio.readIncrement, trusted: null, slice: 100 });
  for (;;) {
    const { done, value } = steps.next();
    if (done === true) return [...value.problems, ...(value.firstBroken === null ? [] : ['broken'])];
  }
}

it('whatever a dead till took, its receipts list exactly what is missing, each once, in whatever order', () => {
  fc.assert(
    fc.property(
      fc.array(fc.record({ what: fc.constantFrom(...happenings), member: fc.nat({ max: 3 }) }), {
        ...{ minLength: 1, maxLength: 6 },
      }),
      fc.array(fc.nat({ max: 11 }), { maxLength: 12 }),
      fc.nat({ max: 2 }),
      (all, order, own) => {
        const dead = openOutbox();
        // So that it has an id before the first entry.
        dead.journal.append({ event: 'noted', actor: '', reason: 'first', content: {} });
        const entries = all.map(({ what, member }) => happened(dead, what, member));
        const printer = slipsOf(dead);
        const printed = entries.flatMap((entry) => {
          const code = printer.codeOf(entry);
          return code === null ? [] : [{ entry, code }];
        });
        expect(printed.map(({ entry }) => entry.state)).toEqual(
          entries.flatMap(({ state }) => (state === 'rejected' || state === 'cancelled' ? [] : [state])),
        );
        const fresh = openOutbox({ clock: dead.clock });
        for (let made = 0; made < own; made += 1) happened(fresh, 'applied', made);
        const slips = slipsOf(fresh);
        const scanned = order.flatMap((at) => printed[at % Math.max(1, printed.length)] ?? []);
        const seen = new Set<string>();
        for (const { entry, code } of scanned) {
          const first = slips.scan(code, null, theManager);
          if (!first.ok) throw new Error(first.error.code);
          expect(first.value).toMatchObject({ outcome: seen.has(entry.id) ? 'known' : 'other-till' });
          expect(slips.scan(code, first.value.lostKey, theManager)).toMatchObject({
            value: { outcome: seen.has(entry.id) ? 'known' : 'taken-up', entry: { id: entry.id } },
          });
          seen.add(entry.id);
        }
        expect(new Set(fresh.outbox.inReview().map(({ id }) => id))).toEqual(seen);
        expect(fresh.outbox.inReview()).toHaveLength(seen.size);
        expect(fresh.outbox.candidates()).toEqual([]);
        expect(createTally(fresh.db).isRight(allDays)).toBe(true);
        expect(problemsOf(fresh)).toEqual([]);
        for (const { code } of printed) expect(readReceiptCode(desk, code).ok).toBe(true);
      },
    ),
    { numRuns: 20 },
  );
});
