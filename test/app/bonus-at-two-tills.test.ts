import { expect, it } from 'vitest';
import { HOST_PROFILE_KEY } from '../../main/hosts/host/evidence-policy.ts';
import { unknownHost } from '../../main/hosts/host/host-profile.ts';
import { theManager } from '../../main/kernel/actor.ts';
import { amount } from '../../preload/contract/index.ts';
import { atTheTill } from '../kit/actors.ts';
import { writeSetting } from '../kit/check-up.ts';
import { type Driven, openDrivenTill } from '../kit/driven-till.ts';
import { logs, number, uid } from '../kit/losing.ts';
import { realRandom } from '../kit/practice-store.ts';
import { bonusRule, shopRules } from '../kit/rules.ts';
import { asSeen } from '../kit/till.ts';

const host = { keepsRechargeLog: true, logCarriesDataChangeTime: true };
const rules = shopRules({ bonus: [bonusRule({ oncePerDay: true })] });

/** A till with the shop's rule, that knows the member. */
async function ready(driven: Driven, proven: boolean): Promise<Driven> {
  const { session, folder } = driven.till;
  if (proven) writeSetting(folder, HOST_PROFILE_KEY, JSON.stringify({ ...unknownHost, ...logs }));
  const saved = session.counter.ruleBooks.save(rules, 0, theManager);
  if (!saved.ok) throw new Error(saved.error.code);
  session.counter.policy.save({ ...session.counter.policy.current(), repeatWithinMs: 0 }, theManager);
  await session.members.lookUp.find(number);
  session.start();
  await driven.settle();
  return driven;
}

async function twoTills(proven = true) {
  const first = await ready(await openDrivenTill(host, { config: { tillCount: 2 } }), proven);
  const second = await ready(
    await first.fresh({ config: { tillName: 'Counter 2', tillNumber: 2, tillCount: 2 } }),
    proven,
  );
  return { first, second };
}

/** A top-up with what the rule gives here; it arrives. */
async function topUp(driven: Driven, principal: string, bonus = '5'): Promise<string> {
  const { session } = driven.till;
  const request = {
    ...{ requestId: realRandom.uuid(), ...asSeen(session, uid), note: '', pointIncrement: amount('0') },
    ...{
      balanceIncrement: amount(String(Number(principal) + Number(bonus))),
      bonus: amount(bonus),
      rulesVersion: 1,
    },
  };
  const saved = session.counter.topUps.create(request, atTheTill);
  if (!saved.ok) throw new Error(saved.error.code);
  session.sending.loop.wake();
  await driven.drive(() => session.ledger.outbox.byId(saved.value.id)?.state === 'confirmed');
  return saved.value.id;
}

const found = ({ till }: Driven) => till.session.counter.collisions.found();
const noted = ({ till }: Driven) => till.session.ledger.journal?.noted('bonus perhaps had elsewhere');
const logReads = ({ store }: Driven) =>
  store.calls().filter((call) => call.method === 'queryCustomerRechargeLog').length;

it('the till that comes second is told that the member had the bonus at another one', async () => {
  const { first, second } = await twoTills();
  await topUp(first, '100');
  await first.pass(5_000);
  expect(found(first)).toEqual([]);
  const id = await topUp(second, '50');
  await second.pass(5_000);
  const collision = { entryId: id, rule: 'Pay 50 get 5', sum: '105' };
  expect(found(second)).toMatchObject([{ ...collision, isSeen: false }]);
  expect(noted(second)).toMatchObject(collision);
  // One reading a top-up, and nothing was taken back.
  expect(logReads(second)).toBe(2);
  expect([...second.till.session.ledger.outbox.all()]).toHaveLength(1);
  second.till.session.counter.collisions.seen([id], theManager);
  expect(found(second)).toMatchObject([{ isSeen: true }]);
  const again = await second.restart({});
  again.till.session.start();
  await again.pass(5_000);
  expect(found(again)).toMatchObject([collision]);
});

it('no call that increments or the counter may need is spent on it; it is made once one is to spare', async () => {
  const { first, second } = await twoTills();
  await topUp(first, '50');
  const {
    counter: { policy },
  } = second.till.session;
  policy.save({ ...policy.current(), callsPerDay: 122, callsKeptForIncrements: 120 }, theManager);
  await first.pass(5_000);
  const before = logReads(second);
  await topUp(second, '50');
  await second.pass(3_600_000);
  expect([found(second), logReads(second)]).toEqual([[], before]);
  policy.save({ ...policy.current(), callsPerDay: 300 }, theManager);
  await second.pass(3_600_000);
  expect(found(second)).toHaveLength(1);
});

it('where the log lists no credits, only a balance that grew between two entries of the day tells of one', async () => {
  const driven = await ready(await openDrivenTill(), false);
  await topUp(driven, '10', '0');
  driven.store.adjust(uid, '235.00', '340');
  const id = await topUp(driven, '50');
  expect(found(driven)).toMatchObject([{ entryId: id, sum: '105', loggedAt: null }]);
  expect(logReads(driven)).toBe(0);
});
