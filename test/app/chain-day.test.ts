import { expect, it } from 'vitest';
import { practiceMembers } from '../../main/hosts/practice/members.ts';
import { amount } from '../../preload/contract/index.ts';
import { atTheTill } from '../kit/actors.ts';
import { type Driven, openDrivenTill } from '../kit/driven-till.ts';
import { realRandom } from '../kit/practice-store.ts';
import { asSeen } from '../kit/till.ts';

/** Those who may be credited. */
const members = practiceMembers.filter(
  ({ enable, expiryDate, number }) => enable === 1 && expiryDate === null && number !== '',
);

const TILLS = 3;
const CUSTOMERS = 30;
const HOUR_MS = 3_600_000;

/** Tills 1 to 3 of one account with 300 calls a day, on one clock, from the morning on. */
async function openChain(): Promise<readonly Driven[]> {
  const config = (tillNumber: number) => ({
    config: { tillName: `Counter ${tillNumber}`, tillNumber, tillCount: TILLS },
  });
  const first = await openDrivenTill({ dailyCalls: 300 }, config(1));
  const tills = [first];
  for (let number = 2; number <= TILLS; number += 1) tills.push(await first.fresh(config(number)));
  for (const { till } of tills) till.session.start();
  for (const driven of tills) await driven.settle();
  return tills;
}

/** A customer comes: so many cards are scanned, and the first one's member pays 20. */
async function serve({ till, settle }: Driven, cards: readonly number[]): Promise<string | null> {
  const { session } = till;
  const scanned = cards.map((card) => members[card % members.length]);
  for (const member of scanned) {
    await session.members.lookUp.find(member?.number ?? '');
    await settle();
  }
  const uid = scanned[0]?.customerUid ?? '';
  if (session.members.directory.byUid(uid) === null) return null;
  const sums = { balanceIncrement: amount('20'), pointIncrement: amount('0') };
  const saved = session.counter.topUps.create(
    { requestId: realRandom.uuid(), ...asSeen(session, uid), note: '', ...sums },
    atTheTill,
  );
  if (!saved.ok) throw new Error(saved.error.code);
  session.sending.loop.wake();
  return saved.value.id;
}

it('three tills with one quota: whoever paid has it on the same day, though three cards a customer are looked up', async () => {
  const tills = await openChain();
  const [first] = tills;
  if (first === undefined) throw new Error('no till');
  const paid: { readonly driven: Driven; readonly id: string }[] = [];
  let served = 0;
  for (let turn = 0; turn < CUSTOMERS; turn += 1) {
    for (const [index, driven] of tills.entries()) {
      // One whom this till has not seen yet, and two whom it keeps, read too long ago to serve once more.
      const card = 40 * index + turn;
      const id = await serve(driven, [
        card,
        40 * index + Math.max(0, turn - 1),
        40 * index + Math.max(0, turn - 2),
      ]);
      if (id !== null) paid.push({ driven, id });
      served += 1;
    }
    await first.pass((10 * HOUR_MS) / CUSTOMERS);
  }
  const calls = first.store.calls();
  const of = (method: string) => calls.filter((call) => call.method === method).length;
  expect(served).toBe(TILLS * CUSTOMERS);
  expect(paid).toHaveLength(served);
  const states = paid.map(({ driven, id }) => driven.till.session.ledger.outbox.byId(id)?.state);
  expect(states.filter((state) => state !== 'confirmed')).toEqual([]);
  expect(calls.length).toBeLessThanOrEqual(300);
  // The tills fill their directories within a small part of the day.
  expect(of('queryCustomerPages')).toBeLessThanOrEqual(15);
});

it('the first morning of a chain spends a twentieth of the day’s calls before anybody comes', async () => {
  const tills = await openChain();
  await tills[0]?.pass(HOUR_MS);
  const methods = tills[0]?.store.calls().map(({ method }) => method) ?? [];
  expect(new Set(methods)).toEqual(new Set(['queryCustomerPages']));
  expect(methods.length).toBeLessThanOrEqual(300 / 20);
});
