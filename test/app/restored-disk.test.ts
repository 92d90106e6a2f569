import { describe, expect, it } from 'vitest';
import { HOST_PROFILE_KEY } from '../../main/hosts/host/evidence-policy.ts';
import { type HostProfile, unknownHost } from '../../main/hosts/host/host-profile.ts';
import { withPause } from '../../main/hosts/link/link-state.ts';
import { limWei } from '../../main/hosts/practice/members.ts';
import { theManager } from '../../main/kernel/actor.ts';
import { createSeals } from '../../main/kernel/database/seals.ts';
import { createSettings } from '../../main/kernel/database/settings-repository.ts';
import { backUp, inDatabase } from '../kit/data-folder.ts';
import type { Driven } from '../kit/driven-till.ts';
import {
  balance,
  entry,
  HOUR_MS,
  method,
  number,
  openLosing,
  openSentBefore,
  sends,
  uid,
  type World,
} from '../kit/losing.ts';
import { answerRead } from '../kit/review.ts';

const DAY_MS = 24 * HOUR_MS;

interface Restored {
  readonly driven: Driven;
  readonly ids: readonly string[];
}

const sums = ['10.00', '20.00', '50.00'] as const;

/** What the check-up proved, sealed as the till would have it. */
function prove({ till }: Driven, profile: Partial<HostProfile>): void {
  inDatabase(till.folder, (db) =>
    createSettings(db, createSeals(db, Buffer.alloc(32, 9))).set(
      HOST_PROFILE_KEY,
      JSON.stringify({ ...unknownHost, ...profile }),
    ),
  );
}

/** Three entries waited, an image was made, they were sent, and the image is put back later. */
async function putBack(
  { proven, ...world }: World,
  afterMs: number,
  between = (_: Driven) => {},
): Promise<Restored> {
  let driven = await openLosing(world, null);
  await driven.till.session.members.lookUp.find(limWei.number);
  await driven.store.setPlug(false);
  const ids = sums.map((sum, at) => driven.till.topUp(at === 1 ? limWei.customerUid : uid, sum).id);
  await driven.settle();
  await driven.till.close();
  if (proven !== undefined) prove(driven, proven);
  // The whole disk as an image keeps it, the heads too; nothing of it can tell that it was put back.
  const restore = backUp(driven.till.folder);
  await driven.store.setPlug(true);
  driven = await driven.restart();
  driven.till.session.start();
  await driven.drive(() => ids.every((id) => entry(driven, id).state === 'confirmed'));
  await driven.till.close();
  restore();
  driven.clock.jump(afterMs, afterMs);
  driven = await driven.restart();
  expect(driven.till.session.journalProblem).toBeNull();
  between(driven);
  return { driven, ids };
}

const statesOf = ({ driven, ids }: Restored) => ids.map((id) => entry(driven, id).state);
const causesOf = ({ driven, ids }: Restored) => ids.map((id) => entry(driven, id).cause);

describe('a disk that was put back as a whole, whose entries were sent since', () => {
  it.each([
    ['after five minutes', 300_000, {}],
    ['a day later', DAY_MS, {}],
  ])('%s sends none of them, and a manager is told', async (_, afterMs, world) => {
    const restored = await putBack(world, afterMs);
    const { driven } = restored;
    driven.till.session.start();
    await driven.pass(600_000);
    expect(driven.store.increments()).toHaveLength(3);
    expect(statesOf(restored)).toEqual(['review', 'review', 'review']);
    expect(new Set(causesOf(restored))).toEqual(new Set(['sent-before']));
    const [of] = driven.till.session.counter.review.cases();
    expect(of?.evidence?.content).toMatchObject({ verdict: { suggestion: 'applied' } });
  });

  it('also where the cashier looks the member up first, which tells the new balance', async () => {
    const restored = await putBack({}, DAY_MS);
    const { driven } = restored;
    const { session } = driven.till;
    session.hosts.link.update((state, at) => withPause(state, 'contradiction', '', at.nowMs));
    session.start();
    await session.members.lookUp.find(limWei.number);
    session.hosts.link.update((state) => ({ ...state, pauses: [] }));
    session.sending.loop.wake();
    await driven.pass(600_000);
    expect(driven.store.increments()).toHaveLength(3);
    expect(statesOf(restored)).toEqual(['review', 'review', 'review']);
  });

  it('and also where the till was started once more in between', async () => {
    const restored = await putBack({}, DAY_MS);
    const { session } = restored.driven.till;
    session.hosts.link.update((state, at) => withPause(state, 'contradiction', '', at.nowMs));
    session.start();
    await session.members.lookUp.find(limWei.number);
    const driven = await restored.driven.restart();
    driven.till.session.hosts.link.update((state) => ({ ...state, pauses: [] }));
    driven.till.session.start();
    await driven.pass(600_000);
    expect(driven.store.increments()).toHaveLength(3);
    expect(statesOf({ ...restored, driven })).toEqual(['review', 'review', 'review']);
  });

  it('where a purchase blurs the balance, a row of the log tells', async () => {
    const restored = await putBack({ host: { keepsRechargeLog: true } }, DAY_MS, ({ store }) => {
      store.adjust(uid, '177.00', '340');
      store.adjust(limWei.customerUid, '3.00', '0');
    });
    const { driven } = restored;
    driven.till.session.start();
    await driven.pass(600_000);
    expect(driven.store.increments()).toHaveLength(3);
    expect(statesOf(restored)).toEqual(['review', 'review', 'review']);
  });

  it('where one was found, what moved otherwise is not sent by itself either', async () => {
    const restored = await putBack({}, DAY_MS, ({ store }) => store.adjust(limWei.customerUid, '3.00', '0'));
    const { driven } = restored;
    driven.till.session.start();
    await driven.pass(600_000);
    expect(statesOf(restored).slice(0, 2)).toEqual(['review', 'review']);
  });

  it('what a manager says is not asked again', async () => {
    const restored = await putBack({}, DAY_MS);
    const { driven, ids } = restored;
    driven.till.session.start();
    await driven.pass(600_000);
    const [id = ''] = ids;
    // KYBIO's own staff took it back since, so it is to be sent after all.
    driven.store.adjust(uid, '120.00', '340');
    const {
      counter: { review },
      sending: { loop },
    } = driven.till.session;
    const answered = await answerRead(review, entry(driven, id), 'send', theManager);
    expect(answered).toMatchObject({ ok: true });
    loop.wake();
    await driven.drive(() => entry(driven, id).state === 'confirmed');
  });
});

describe('on a host that is proven to refuse duplicates', () => {
  const proven = {
    host: { refusesDuplicates: true },
    proven: { duplicates: { greatestAgeMs: 10 * DAY_MS } },
    policy: { tillNumbersDeclared: true },
  };

  it('a duplicate answer to the first send is nobody’s until a person says whose', async () => {
    const restored = await putBack(proven, DAY_MS);
    const { driven } = restored;
    driven.till.session.start();
    await driven.pass(2 * HOUR_MS);
    expect(driven.store.increments()).toHaveLength(3);
    expect(balance(driven)).toBe('180.00');
    // None is rejected, none is replaced; the till itself confirms at most what moved by exactly its sum.
    for (const state of statesOf(restored)) expect(['review', 'confirmed']).toContain(state);
    expect(driven.till.entries()).toHaveLength(3);
  });

  it('nor where the balance was read anew before it was sent', async () => {
    const restored = await putBack(proven, DAY_MS);
    const { driven } = restored;
    const { session } = driven.till;
    session.hosts.link.update((state, at) => withPause(state, 'contradiction', '', at.nowMs));
    session.start();
    await session.members.lookUp.find(limWei.number);
    await session.members.lookUp.find(number);
    session.hosts.link.update((state) => ({ ...state, pauses: [] }));
    session.sending.loop.wake();
    await driven.pass(2 * HOUR_MS);
    expect(driven.store.increments()).toHaveLength(3);
    expect(driven.till.entries()).toHaveLength(3);
    for (const state of statesOf(restored)) expect(['review', 'confirmed']).toContain(state);
  });
});

describe('the ordinary morning: a shop that closed with entries waiting', () => {
  async function morning(world: World): Promise<Restored> {
    let driven = await openLosing(world, null);
    await driven.till.session.members.lookUp.find(limWei.number);
    await driven.store.setPlug(false);
    const ids = sums.map((sum, at) => driven.till.topUp(at === 1 ? limWei.customerUid : uid, sum).id);
    await driven.settle();
    driven = await driven.restart();
    driven.clock.jump(DAY_MS, DAY_MS);
    await driven.store.setPlug(true);
    return { driven, ids };
  }

  it('costs one reading a member and one of the log for all, and sends them in order', async () => {
    const shop = await morning({ host: { keepsRechargeLog: true } });
    const { driven, ids } = shop;
    const before = driven.store.calls().length;
    driven.till.session.start();
    await driven.drive(() => ids.every((id) => entry(driven, id).state === 'confirmed'));
    const calls = driven.store.calls().slice(before);
    const of = (name: string) => calls.filter((call) => call.method === name).length;
    expect(of('queryByNumber')).toBe(2);
    expect(of('queryAllRechargeLogs')).toBe(1);
    expect(of(method)).toBe(3);
  });

  it('sends what others have moved by another sum', async () => {
    const shop = await morning({});
    const { driven, ids } = shop;
    driven.store.adjust(uid, '115.00', '340');
    driven.till.session.start();
    await driven.drive(() => ids.every((id) => entry(driven, id).state === 'confirmed'));
  });
});

it('what waited for more than an hour in a machine that was put back with its memory is looked at as well', async () => {
  // What was sent from there is not known here.
  const { driven, id } = await openSentBefore();
  expect(entry(driven, id)).toMatchObject({ state: 'review', cause: 'sent-before' });
  expect(sends(driven)).toHaveLength(0);
});
