import { describe, expect, it } from 'vitest';
import { kybio } from '../../main/hosts/kybio/kybio.ts';
import type { Actor } from '../../main/kernel/actor.ts';
import { createJournalRepository } from '../../main/ledger/journal/journal-repository.ts';
import { auditJournal } from '../../main/ledger/journal-audit.ts';
import { noTerms } from '../../main/ledger/tables/fact-columns.ts';
import type { Increment } from '../../main/ledger/types.ts';
import { amount } from '../../preload/contract/index.ts';
import { endOf, journalKey, type Outbox, openOutbox } from '../kit/outbox.ts';

const mei: Actor = { role: 'cashier', id: 'p7', person: 'Mei' };
const paid = { ...noTerms, tender: 'cash', given: amount('20') };
const addPaid = (till: Outbox, change: object = {}): Increment =>
  till.add({ terms: paid, ...change } as never);

const REQUEST = '3c1f3f0a-6f0b-4b0e-9d57-0d8f3d9d2a11';
const toCard = { requestId: REQUEST, was: 'cash', tender: 'card', given: null, approvedBy: null };

/** All that is not how it was paid. */
const rest = ({ terms: { tender: _, given: __, ...terms }, ...entry }: Increment) => ({ ...entry, terms });

function audited({ db, clock }: Outbox) {
  const journal = createJournalRepository(db, journalKey, clock);
  const steps = auditJournal({ readIncrement: kybio.readIncrement, db, journal, trusted: null, slice: 100 });
  for (;;) {
    const { done, value } = steps.next();
    if (done === true)
      return { firstBroken: value.firstBroken, problems: value.problems, wrong: value.recorded.length };
  }
}
const right = { firstBroken: null, problems: [], wrong: 0 };

describe('a change of how an entry was paid', () => {
  it('changes that and nothing else of it, and the journal says who, when and from what', () => {
    const till = openOutbox();
    const before = addPaid(till);
    const bytes = till.outbox.signedBody(before.id);
    till.clock.pass(5_000);
    const changed = till.tenderChanges.change(before.id, toCard, mei);
    expect(changed).toMatchObject({ ok: true, value: { terms: { tender: 'card', given: null } } });
    const after = till.outbox.byId(before.id) as Increment;
    expect(rest(after)).toEqual(rest(before));
    expect(till.outbox.signedBody(before.id)).toEqual(bytes);
    expect(till.tenderChanges.ofEntry(before.sequence)).toEqual([
      {
        ...{ entry: before.sequence, atMs: till.clock.nowMs(), who: 'Mei', approvedBy: null },
        ...{ was: { tender: 'cash', given: '20' }, now: { tender: 'card', given: null } },
      },
    ]);
    expect(audited(till)).toEqual(right);
  });

  it('is found by the form that asked for it, over a restart', () => {
    const till = openOutbox();
    const { id, sequence } = addPaid(till);
    till.tenderChanges.change(id, toCard, mei);
    till.db.close();
    const after = openOutbox({ file: till.file });
    expect(after.tenderChanges.byRequest(REQUEST)).toMatchObject({
      entry: sequence,
      now: { tender: 'card' },
    });
    expect(after.tenderChanges.byRequest('another')).toBeNull();
    expect(after.outbox.byId(id)?.terms).toEqual({ ...paid, tender: 'card', given: null });
  });

  it('is refused where the entry is paid otherwise than was shown, or is nobody’s', () => {
    const till = openOutbox();
    const { id, sequence } = addPaid(till);
    const asked = { ...toCard, was: 'qr' };
    expect(till.tenderChanges.change(id, asked, mei)).toMatchObject({ error: { code: 'entry-changed' } });
    expect(till.tenderChanges.change('nobody', toCard, mei)).toMatchObject({
      error: { code: 'entry-not-found' },
    });
    expect(till.tenderChanges.ofEntry(sequence)).toEqual([]);
  });

  it('is no step of what is being sent: its reply is taken, and the next send goes by what was planned', () => {
    const till = openOutbox();
    const [one, other] = [addPaid(till), addPaid(till, { customerUid: '231607639459718499' })];
    const begun = till.begin(one.id);
    till.tenderChanges.change(one.id, toCard, mei);
    expect(till.transitions.endAttempt(begun, endOf('applied'))).toMatchObject({
      ...{ state: 'confirmed', balanceAfter: '130.00', terms: { tender: 'card' } },
    });
    const [planned] = till.outbox.candidates();
    till.tenderChanges.change(other.id, { ...toCard, requestId: 'b' }, mei);
    expect(planned?.id).toBe(other.id);
    expect(till.transitions.beginAttempt(planned as never, null)).not.toBeNull();
    expect(audited(till)).toEqual(right);
  });

  it('that only the tables say is found by the audit', () => {
    const till = openOutbox();
    const { id } = addPaid(till);
    till.db.prepare("UPDATE increment SET tender = 'card' WHERE id = ?").run(id);
    expect(audited(till)).toMatchObject({ wrong: 1 });
  });

  it('is listed with others of its stretch, an entry once, and what is as it was entered after the others', () => {
    const till = openOutbox();
    const [one, two, three] = [addPaid(till), addPaid(till), addPaid(till)];
    let requests = 0;
    const change = ({ id }: Increment, was: string, tender: string, who = mei) => {
      requests += 1;
      const asked = { ...toCard, requestId: `r${requests}`, was, tender };
      expect(till.tenderChanges.change(id, asked, who).ok).toBe(true);
    };
    change(one, 'cash', 'card');
    change(three, 'cash', 'qr');
    change(two, 'cash', 'card');
    change(one, 'card', 'cash');
    till.clock.pass(5_000);
    change(three, 'qr', 'card', { ...mei, person: 'Siti' });
    const within = (from: number, to: number, limit = 9) => {
      const { count, listed } = till.tenderChanges.within({ from, to }, limit);
      return [count, listed.map(({ entry, was, now, times }) => [entry, was.tender, now.tender, times])];
    };
    const [first, second, third] = [one, two, three].map(({ sequence }) => sequence) as [
      number,
      number,
      number,
    ];
    const told = [
      [second, 'cash', 'card', 1],
      [third, 'cash', 'card', 2],
      [first, 'cash', 'cash', 2],
    ];
    expect(within(first, third)).toEqual([5, told]);
    expect(within(first, third, 2)).toEqual([5, told.slice(0, 2)]);
    expect(within(second, third, 1)).toEqual([3, told.slice(0, 1)]);
    expect(within(1_000, 2_000)).toEqual([0, []]);
    expect(till.tenderChanges.within({ from: third, to: third }, 1).listed).toMatchObject([
      { who: 'Siti', atMs: till.clock.nowMs() },
    ]);
  });

  it('of a row that nobody wrote is not told, and the till goes on', () => {
    const till = openOutbox();
    const { id, sequence } = addPaid(till);
    till.tenderChanges.change(id, toCard, mei);
    till.db
      .prepare(
        `INSERT INTO journal SELECT number + 1, chain, at_ms, entry, event, 9, actor, reason, '?', mac
         FROM journal ORDER BY number DESC LIMIT 1`,
      )
      .run();
    expect(till.tenderChanges.ofEntry(sequence)).toHaveLength(1);
  });
});
