import { askCallCount } from '../../hosts/calls/index.ts';
import { isCallRefused } from '../../hosts/link/index.ts';
import { mayBeRounded } from '../../hosts/port/index.ts';
import { storeDay } from '../../kernel/store-time.ts';
import { sameSums } from '../undecided.ts';
import { type Ask, type Bench, balanceOnly, Halt, note, say } from './bench.ts';

/**
 * Whether KYBIO's recharge rules apply to increments: the movement against the increment. A surplus once may be
 * somebody else's, the same twice is a gift. All of it is reversed.
 */
export const giftsAdded: Ask = async (bench) => {
  const increments = balanceOnly(bench.parts.unit);
  const send = () => bench.send('gifts-added', { increments, mayBringMore: true });
  const first = await send();
  if (first.answer.kind !== 'success') return say('unclear', first.answer.messages);
  if (sameSums(first.effect, increments)) return say('no');
  const again = await send();
  if (again.answer.kind !== 'success') return say('unclear', again.answer.messages);
  if (!sameSums(first.effect, again.effect)) throw new Halt('other-writer');
  return note('yes', 'gift-on-top');
};

/** Every fiftieth exact id looks rounded; three in a row hardly ever. */
const OTHERS = 3;

/** Ids of a few other members, read by number; null if too few could be read. */
async function otherIds(bench: Bench): Promise<readonly string[] | null> {
  bench.mayGoOn();
  const page = await bench.parts.reader.page(null);
  if (!page.result.ok) return null;
  const own = bench.state().customerUid;
  const numbers = page.result.value.rows
    .filter(({ customerUid, number }) => customerUid !== own && number !== '')
    .map(({ number }) => number)
    .slice(0, OTHERS);
  const ids: string[] = [];
  for (const number of numbers) {
    bench.mayGoOn();
    const read = await bench.parts.reader.byNumber(number, 'test');
    if (read.ok) ids.push(read.value.customerUid);
  }
  return ids.length < OTHERS ? null : ids;
}

/** One id that is no rounded double proves that ids are exact. */
export const idsExact: Ask = async (bench) => {
  if (!mayBeRounded(bench.state().customerUid)) return say('yes');
  const ids = await otherIds(bench);
  if (ids === null) return say('unclear');
  return say(ids.every(mayBeRounded) ? 'no' : 'yes');
};

/** Share of this till's own calls; lost ones were never counted. */
const LEAST_PART = 0.9;

/**
 * Whether KYBIO reports the account's calls of today. Asked once, as it costs a call. A count that lacks many of this
 * till's own is late or of something else.
 */
export const callCount: Ask = async (bench) => {
  bench.mayGoOn();
  const { clock, storeTimeZone, meter } = bench.parts;
  const mine = meter.usedToday();
  const today = storeDay(clock.nowMs(), storeTimeZone);
  const { result } = await askCallCount(bench.parts, today, 'test');
  if (!result.ok) {
    const { kind, cause, messages } = result.error;
    if (kind === 'not-connected') throw new Halt('not-now');
    if (cause === 'unknown-words') bench.learn('other', messages);
    const isNot = kind === 'nothing' || kind === 'refused' || isCallRefused(result.error);
    return say(isNot ? 'no' : 'unclear', messages);
  }
  const used = result.value.find(({ day }) => day === today)?.used;
  if (used === undefined) return say('unclear');
  return used < LEAST_PART * mine ? note('unclear', 'counted-less') : say('yes');
};

/** Testing would use up a day's calls; the words of a real refusal replace this answer. */
export const spentQuota: Ask = async () => note('unclear', 'not-met-yet');
