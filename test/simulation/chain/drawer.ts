import { amount, type ShiftCount } from '../../../preload/contract/index.ts';
import type { ChainTill } from './chain-till.ts';
import { boss, type Chain, count, must, pay } from './counter.ts';
import type { Entered } from './record.ts';
import { moneyText } from './record.ts';

// The drawer: what somebody puts in, gives back, counts and takes to the bank. The program's sums are not looked at.

const floats = new WeakMap<Chain, Map<number, number>>();

const floatsOf = (chain: Chain): Map<number, number> => {
  const known = floats.get(chain) ?? new Map<number, number>();
  floats.set(chain, known);
  return known;
};

/** Whatever a plug that was pulled has left: an open shift goes on. */
export async function openShift(chain: Chain, till: ChainTill, floatCents: number): Promise<void> {
  if (till.session?.day.shifts.service.shown().open !== null) return;
  await must(till, 'shifts:open', { float: amount(moneyText(floatCents)), drawer: 'own' }, boss);
  chain.boxes.set(till.index, floatCents);
  floatsOf(chain).set(till.index, floatCents);
  chain.moves.set(till.index, []);
}

const isOver = (state: string | undefined): boolean =>
  state === 'confirmed' || state === 'rejected' || state === 'cancelled';

/** Reads what became of the till's entries, as in its list; who paid for what is no more gets the money back. */
function lookAtList(chain: Chain, till: ChainTill, entered: readonly Entered[]): void {
  const outbox = till.session?.ledger.outbox;
  for (const one of entered) {
    if (one.toldAs === 'confirmed' || one.toldAs === 'back') continue;
    const state = outbox?.byId(one.id)?.state;
    if (state === undefined) chain.problems.push(`${till.name} has lost ${one.id}`);
    one.toldAs = !isOver(state) ? 'open' : state === 'confirmed' ? 'confirmed' : 'back';
    if (one.toldAs !== 'back' || chain.paidBack.has(one.id)) continue;
    chain.paidBack.add(one.id);
    pay(chain, till, one.tender, -one.cents);
  }
}

const piecesOf = (cents: number): ShiftCount['pieces'] => [
  { value: amount('0.01'), pieces: cents % 100 },
  { value: amount('1'), pieces: Math.floor(cents / 100) },
];

/** Counts, closes, and takes what was counted to the bank. */
export async function closeShift(chain: Chain, till: ChainTill, offCents: number): Promise<void> {
  if (till.session?.day.shifts.service.shown().open == null) return;
  const own = chain.record.entered.filter((one) => one.till === till.index);
  lookAtList(chain, till, own);
  const box = chain.boxes.get(till.index) ?? 0;
  // Nobody can take out what is not there.
  const off = Math.max(offCents, -box);
  const counted = Math.max(0, box + off);
  await must(till, 'shifts:beginCount', {});
  await must(till, 'shifts:commitCount', { count: { pieces: piecesOf(counted), tenders: [] } });
  const next = till.session?.day.shifts.service.shown().open?.outcome?.next;
  const reason = next === 'reason' ? 'Nobody knows' : null;
  if (reason !== null) till.session?.people.unlocking.begin(boss);
  const { number, businessDay } = till.session.day.shifts.service.shown().open ?? {
    number: 0,
    businessDay: '',
  };
  await must(till, 'shifts:close', { reason }, boss);
  chain.record.closed.push({
    ...{
      till: till.index,
      atMs: chain.time.now(),
      number,
      day: businessDay,
      countedCents: counted,
      offCents: counted - box,
    },
    ...{ floatCents: floatsOf(chain).get(till.index) ?? 0, moves: chain.moves.get(till.index) ?? [] },
  });
  chain.boxes.set(till.index, 0);
  count(chain, 'shifts');
  if (offCents !== 0) count(chain, 'variances');
}
