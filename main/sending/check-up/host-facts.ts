import { askCallCount } from '../../hosts/calls/index.ts';
import { isCallRefused } from '../../hosts/link/index.ts';
import { mayBeRounded } from '../../hosts/port/index.ts';
import { storeDay } from '../../kernel/store-time.ts';
import { type Ask, type Bench, balanceOnly, Halt, note, say } from './bench.ts';
import { sameSums } from './read-answers.ts';

/**
 * Whether KYBIO's own recharge rules count what is credited here: the member's sums against what was sent. What came
 * on top once may be somebody else's; the same twice is a gift. All of it is taken back with the rest.
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

/** Of exact ids every fiftieth looks rounded; three in a row hardly ever do. */
const OTHERS = 3;

/** The ids of a few other members, as the look-up by number tells them; null where too few could be read. */
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

/** One id that no double could be is enough: what is read is not rounded. */
export const idsExact: Ask = async (bench) => {
  if (!mayBeRounded(bench.state().customerUid)) return say('yes');
  const ids = await otherIds(bench);
  if (ids === null) return say('unclear');
  return say(ids.every(mayBeRounded) ? 'no' : 'yes');
};

/** Of this till's own calls; what was lost on its way there was never counted. */
const LEAST_PART = 0.9;

/**
 * Whether KYBIO tells how many calls the account has made today. Asked once whatever is said: each time is one of these
 * calls. A count that lacks many of this till's own comes late, or is of something else.
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

/** To ask would use up a day's calls. What is said on the day that it happens is told in the place of this. */
export const spentQuota: Ask = async () => note('unclear', 'not-met-yet');
