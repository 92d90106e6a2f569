import { describe, expect, it } from 'vitest';
import { limWei } from '../../main/hosts/practice/members.ts';
import { theManager } from '../../main/kernel/actor.ts';
import { databaseFile, liveFolder } from '../../main/kernel/folders.ts';
import { RESTED_ON_IT } from '../../main/ledger/closed-repository.ts';
import { mustOpen } from '../kernel/database/support.ts';
import { closedUntil } from '../kit/closed.ts';
import type { Driven } from '../kit/driven-till.ts';
import { balance, entry, lose, method, number, openLosing, sends, uid, whileUnknown } from '../kit/losing.ts';

// Whoever installs a till may say that nothing but it changes what members hold. It ends, and is not relied on longer than
// it is true (ADR 55). The practice store's ledger judges.

const DAY_MS = 86_400_000;

const shown = ({ till }: Driven) => till.session.ledger.closed.shown();
const state = (driven: Driven) => shown(driven)?.state;

/** What the journal has of it, oldest first. */
function notes({ till }: Driven): readonly (readonly [string, string, unknown])[] {
  const db = mustOpen(databaseFile(liveFolder(till.folder)));
  const rows = db
    .prepare(
      `SELECT actor, reason, content FROM journal
       WHERE event = 'noted' AND reason LIKE '%closed installation%' ORDER BY number`,
    )
    .all() as { actor: string; reason: string; content: string }[];
  db.close();
  return rows.map(({ actor, reason, content }) => [actor, reason, JSON.parse(content)]);
}

/** Spent at a terminal, or in KYBIO itself: nothing of it comes by this till. */
function moves({ store }: Driven, by: number, customerUid = uid): void {
  const { balance: before, point } = store.member(customerUid);
  store.adjust(customerUid, (Number(before) + by).toFixed(2), point);
}

async function toppedUp(driven: Driven, sum: string, customerUid = uid): Promise<string> {
  const { id } = driven.till.topUp(customerUid, sum);
  await driven.drive(() => entry(driven, id).state === 'confirmed');
  return id;
}

/** One whose answer was lost, and which the till settled by how the balance moved. */
async function settledAlone(driven: Driven, when: 'before' | 'after', sum = '10.00'): Promise<string> {
  driven.store.addFault({ fault: { kind: 'drop', when }, method, times: 1 });
  const { id } = await lose(driven, sum);
  await driven.drive(() => entry(driven, id).state === 'confirmed');
  return id;
}

describe('the reply that shows it false', () => {
  it.each([
    ['spent at a terminal', -30],
    ['given elsewhere', 25],
  ])('withdraws it, the queue goes on, and a person is asked from then on: %s', async (_, by) => {
    const driven = await openLosing({ isClosed: true }, null);
    await toppedUp(driven, '10.00');
    moves(driven, by);
    await toppedUp(driven, '5.00');
    expect(shown(driven)).toEqual({ until: closedUntil(driven.clock), state: 'withdrawn' });
    expect(notes(driven).map(([actor, reason]) => [actor, reason])).toEqual([
      ['manager', 'closed installation'],
      ['', 'closed installation withdrawn'],
    ]);
    driven.store.addFault({ fault: { kind: 'drop', when: 'after' }, method, times: 1 });
    const { id } = await lose(driven, '7.00');
    await driven.drive(whileUnknown(driven, id));
    expect(entry(driven, id).state).toBe('review');
    expect(balance(driven)).toBe((142 + by).toFixed(2));
  });

  it('is one of points too', async () => {
    const driven = await openLosing({ isClosed: true }, null);
    await toppedUp(driven, '10.00');
    driven.store.adjust(uid, balance(driven), '339');
    await toppedUp(driven, '5.00');
    expect(state(driven)).toBe('withdrawn');
  });

  it('notes what was settled by it, up to the last reply of that member that fitted', async () => {
    const driven = await openLosing({ isClosed: true }, null);
    const fitted = await settledAlone(driven, 'after');
    await toppedUp(driven, '1.00');
    const moved = await settledAlone(driven, 'after');
    const still = await settledAlone(driven, 'before', '20.00');
    expect(state(driven)).toBe('in-force');
    moves(driven, -30);
    await toppedUp(driven, '5.00');
    const sequence = (id: string) => entry(driven, id).sequence;
    const noted = notes(driven).filter(([, reason]) => reason === RESTED_ON_IT);
    expect(noted).toEqual([
      ['', RESTED_ON_IT, { entry: sequence(moved), reason: 'exact-movement' }],
      ['', RESTED_ON_IT, { entry: sequence(still), reason: 'exact-stillness' }],
    ]);
    expect(noted.flat()).not.toContainEqual({ entry: sequence(fitted), reason: 'exact-movement' });
    expect(notes(driven).at(-3)?.[2]).toMatchObject({ entries: 2, told: { balance: '131.00' } });
    expect(balance(driven)).toBe('136.00');
  });

  it('withdraws it for good: neither a restart nor another file brings it back', async () => {
    const driven = await openLosing({ isClosed: true }, null);
    await toppedUp(driven, '10.00');
    moves(driven, -30);
    await toppedUp(driven, '5.00');
    await driven.till.close();
    const again = await driven.restart();
    again.till.session.start();
    expect(state(again)).toBe('withdrawn');
    expect(again.till.session.giveClosedInstallation(closedUntil(again.clock), theManager)).toBe(false);
    expect(again.till.session.giveClosedInstallation(null, theManager)).toBe(true);
    expect(state(again)).toBe('withdrawn');
  });

  it('is none while something of the member is undecided, or where nobody knew the sums', async () => {
    const driven = await openLosing({ isClosed: true }, 'after');
    const { id } = await lose(driven);
    moves(driven, -2);
    await driven.drive(whileUnknown(driven, id));
    expect(entry(driven, id).state).toBe('review');
    await toppedUp(driven, '1.00');
    const {
      counter: { review },
      members: { directory },
    } = driven.till.session;
    await review.answer(id, entry(driven, id).version, 'arrived', theManager);
    await toppedUp(driven, '2.00');
    directory.forgetBaseline(uid);
    moves(driven, -3);
    await toppedUp(driven, '3.00');
    expect(state(driven)).toBe('in-force');
    // What was undecided is known now: the next one counts again.
    moves(driven, -4);
    await toppedUp(driven, '4.00');
    expect(state(driven)).toBe('withdrawn');
  });

  it('loses nothing where the disk refuses it: the reply is committed with it, or later', async () => {
    const driven = await openLosing({ isClosed: true }, null);
    await toppedUp(driven, '10.00');
    moves(driven, -30);
    const db = mustOpen(databaseFile(liveFolder(driven.till.folder)));
    db.exec(`CREATE TRIGGER full BEFORE UPDATE ON setting WHEN NEW.key = 'closed-installation'
      BEGIN SELECT RAISE(ABORT, 'full'); END`);
    const { id } = driven.till.topUp(uid, '5.00');
    await driven.drive(() => driven.till.session.hosts.link.state.pauses.length > 0);
    expect(entry(driven, id).state).toBe('sending');
    db.exec('DROP TRIGGER full');
    db.close();
    await driven.drive(() => entry(driven, id).state === 'confirmed');
    expect(state(driven)).toBe('withdrawn');
    expect(sends(driven)).toHaveLength(2);
  });
});

describe('a reading that shows it false', () => {
  it('withdraws it, once it is no copy of what was there before ours', async () => {
    const driven = await openLosing({ isClosed: true }, null);
    await toppedUp(driven, '10.00');
    moves(driven, -30);
    await driven.till.session.members.lookUp.find(number);
    expect(state(driven)).toBe('in-force');
    await driven.pass(700_000);
    await driven.till.session.members.lookUp.find(number);
    expect(state(driven)).toBe('withdrawn');
  });

  it('is none of a member of the host check-up, whose sums the till moves itself', async () => {
    const driven = await openLosing({ isClosed: true }, null);
    const {
      sending: { checkUp },
      members: { lookUp },
    } = driven.till.session;
    await lookUp.find(limWei.number);
    await checkUp.start(limWei.number, theManager);
    await driven.drive(() => driven.store.member(limWei.customerUid).balance !== limWei.balance);
    await lookUp.find(limWei.number);
    expect(driven.till.session.members.directory.byUid(limWei.customerUid)?.balance).not.toBe(limWei.balance);
    expect(state(driven)).toBe('in-force');
  });
});

describe('its last day', () => {
  const until = '2026-01-20';
  const openUntil = async (last = until) => {
    const driven = await openLosing({}, null);
    expect(driven.till.session.giveClosedInstallation(last, theManager)).toBe(true);
    return driven;
  };
  const decided = async (driven: Driven) => {
    driven.store.addFault({ fault: { kind: 'drop', when: 'after' }, method, times: 1 });
    const { id } = await lose(driven);
    await driven.drive(whileUnknown(driven, id));
    return entry(driven, id).state;
  };

  it('holds to its end, and not a second longer', async () => {
    const driven = await openUntil();
    driven.clock.set(Date.parse('2026-01-20T23:30:00+08:00'));
    expect(state(driven)).toBe('in-force');
    expect(await decided(driven)).toBe('confirmed');
    driven.clock.set(Date.parse('2026-01-21T00:00:00+08:00'));
    expect(state(driven)).toBe('ended');
    expect(await decided(driven)).toBe('review');
    expect(notes(driven).map(([, reason]) => reason)).toEqual([
      'closed installation',
      'closed installation ended',
    ]);
  });

  it('is not undone by a clock that is set back, once a reply or an entry was of a later day', async () => {
    const driven = await openUntil();
    driven.clock.jump(10 * DAY_MS, 10 * DAY_MS);
    await toppedUp(driven, '1.00');
    driven.clock.jump(-10 * DAY_MS, 0);
    expect(state(driven)).toBe('ended');
    expect(await decided(driven)).toBe('review');
  });

  it('nor where that entry never left, and the till starts with the clock set back', async () => {
    const driven = await openUntil();
    await driven.store.setPlug(false);
    driven.clock.jump(10 * DAY_MS, 10 * DAY_MS);
    const { id } = driven.till.topUp(uid, '1.00');
    expect(driven.till.session.counter.topUps).toBeDefined();
    await driven.till.close();
    driven.clock.jump(-10 * DAY_MS, 0);
    await driven.store.setPlug(true);
    const again = await driven.restart();
    again.till.session.start();
    expect(state(again)).toBe('ended');
    expect(entry(again, id).state).toBe('queued');
  });

  it('may be given anew by file once it is over; null takes it away', async () => {
    const driven = await openUntil();
    driven.clock.jump(10 * DAY_MS, 10 * DAY_MS);
    await toppedUp(driven, '1.00');
    expect(driven.till.session.giveClosedInstallation('2026-06-30', theManager)).toBe(true);
    expect(shown(driven)).toEqual({ until: '2026-06-30', state: 'in-force' });
    driven.till.session.giveClosedInstallation(null, theManager);
    expect(shown(driven)).toBeNull();
    expect(notes(driven).at(-1)).toEqual([
      'manager',
      'closed installation',
      { before: '2026-06-30', until: null },
    ]);
  });
});
