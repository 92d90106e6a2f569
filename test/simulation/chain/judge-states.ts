import type { Evidence } from './judge.ts';
import { STARTS_MS } from './plan.ts';
import type { Entered, Sample } from './record.ts';

/** When an entry came to the host, in the simulation's time; never where it is not there. */
type Arrived = (entered: Entered) => number;

function arrivals({ host }: Evidence): Arrived {
  const at = new Map(host.applied.map(({ key, atMs }) => [key, atMs - STARTS_MS]));
  return ({ uid, second }) => at.get(`${uid}|${second}`) ?? Number.POSITIVE_INFINITY;
}

/** What a till tells at a moment, held against what had come as far as the host by then. */
function judgeSample({ record }: Evidence, arrivedAt: Arrived, told: Sample): readonly string[] {
  const wrong: string[] = [];
  const says = (what: string) => wrong.push(`till ${told.till} at ${told.atMs}: ${what}`);
  const own = record.entered.filter(({ till }) => till === told.till);
  const { atMs, sinceMs, waiting, checking, needsReview, lastZ, calls } = told;
  // What was entered before, and arrived later, was open all the time.
  const late = own.filter(
    (one) => one.atMs < sinceMs && arrivedAt(one) > atMs && one.endsAs === 'confirmed',
  ).length;
  const notThere = own.filter((one) => one.atMs <= atMs && arrivedAt(one) > sinceMs).length;
  if (waiting + checking + needsReview < late)
    says(`${late} had not arrived, and it tells ${waiting} + ${checking} + ${needsReview}`);
  if (waiting > notThere) says(`${waiting} wait, and ${notThere} were not at the host`);
  const isOwn = (till: number, closedAtMs: number) =>
    till === told.till ||
    (record.copied?.till === told.till && record.copied.of === till && closedAtMs < record.copied.atMs);
  const [first, last] = [sinceMs, atMs].map((untilMs) =>
    record.closed.findLast((one) => isOwn(one.till, one.atMs) && one.atMs < untilMs),
  );
  const closed = [first, last].find((one) => (one?.number ?? null) === (lastZ?.number ?? null));
  if (lastZ !== null && closed === undefined) says(`its last Z is ${lastZ.number}, and was ${last?.number}`);
  if (lastZ === null && first !== undefined) says(`it has no Z, and had ${first.number}`);
  if (lastZ !== null && closed !== undefined && lastZ.hasVariance !== (closed.offCents !== 0))
    says(`Z ${lastZ.number} has a variance: ${lastZ.hasVariance}, and was off by ${closed.offCents}`);
  if (told.variance !== null && closed !== undefined && told.variance !== closed.offCents)
    says(`Z ${closed.number} is told off by ${told.variance}, and was by ${closed.offCents}`);
  if (calls !== null && calls.used !== calls.made)
    says(`${calls.used} calls used, ${calls.made} on its line`);
  return wrong;
}

/** Each till's state says what is true, and the calls are the host's. */
export function judgeStates(evidence: Evidence): readonly string[] {
  const { host, record, tills } = evidence;
  const arrivedAt = arrivals(evidence);
  const wrong = record.samples.flatMap((told) => judgeSample(evidence, arrivedAt, told));
  for (const { till, name, told, calls } of tills) {
    if (told !== null) wrong.push(...judgeSample(evidence, arrivedAt, told));
    const isPutBack = record.putBack.has(till);
    if (calls.metered !== null && !isPutBack && calls.metered !== calls.made)
      wrong.push(`${name} counts ${calls.metered} calls, and made ${calls.made}`);
    if (calls.reached > calls.made + calls.cutOff + calls.twice)
      wrong.push(`${name} made ${calls.made} calls, and ${calls.reached} came as far as the host`);
    // At the end nothing is on its way any more.
    if (told !== null && told.waiting + told.checking > 0)
      wrong.push(`${name} tells ${told.waiting} waiting and ${told.checking} checking at the end`);
  }
  const reached = tills.reduce((sum, { calls }) => sum + calls.reached, 0);
  const counted = host.days.reduce((sum, { calls }) => sum + calls, 0);
  if (reached + host.others !== counted)
    wrong.push(`the host counts ${counted} calls, the tills' are ${reached}, others' ${host.others}`);
  for (const { day, calls, refused } of host.days)
    if (calls > host.quota || refused > 0)
      wrong.push(`on ${day} ${calls} calls were made of ${host.quota}, ${refused} refused`);
  return wrong;
}
