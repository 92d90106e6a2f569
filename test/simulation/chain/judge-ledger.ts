import type { Evidence } from './judge.ts';
import type { Entered } from './record.ts';

const keyOf = ({ uid, second }: Entered): string => `${uid}|${second}`;

const isBack = (state: string | null): boolean => state === 'rejected' || state === 'cancelled';

/** Each accepted entry once at the host, or told; nothing there that nobody entered; and each member has what came of it. */
export function judgeLedger({ host, record, tills }: Evidence): readonly string[] {
  const wrong: string[] = [];
  const applied = new Map(host.applied.map((one) => [one.key, one]));
  const byKey = new Map<string, Entered[]>();
  for (const one of record.entered) byKey.set(keyOf(one), [...(byKey.get(keyOf(one)) ?? []), one]);

  for (const { key, times, cents, points } of host.applied) {
    if (times !== 1) wrong.push(`${key} was applied ${times} times`);
    const fits = (byKey.get(key) ?? []).some(
      (one) => one.cents + one.bonus === cents && one.points === points && !isBack(one.endsAs),
    );
    if (!fits) wrong.push(`${key} of ${cents} cents and ${points} points is at the host, and nobody's`);
  }
  for (const [key, entries] of byKey) {
    const confirmed = entries.filter(({ endsAs }) => endsAs === 'confirmed').length;
    const times = applied.get(key)?.times ?? 0;
    const isTold = entries.some(({ endsAs }) => endsAs === 'review');
    if (confirmed > times)
      wrong.push(`${key} is told as done ${confirmed} times, and is at the host ${times}`);
    if (times > confirmed && !isTold) wrong.push(`${key} is at the host ${times} times, told ${confirmed}`);
  }
  for (const { id, endsAs } of record.entered)
    if (endsAs !== 'confirmed' && endsAs !== 'review' && !isBack(endsAs))
      wrong.push(`${id} ends as ${endsAs}`);

  const given = new Map<string, number>();
  for (const { key, times, cents } of host.applied) {
    const uid = key.slice(0, key.indexOf('|'));
    given.set(uid, (given.get(uid) ?? 0) + times * cents);
  }
  for (const { uid, before, after, others } of host.members)
    if (before + others + (given.get(uid) ?? 0) !== after)
      wrong.push(`member ${uid} has ${after}, not ${before} with ${given.get(uid) ?? 0} and ${others}`);

  // Whatever is in review is told by the till that has it.
  for (const { till, name, told } of tills) {
    const inReview = record.entered.filter((one) => one.till === till && one.endsAs === 'review').length;
    if (told !== null && told.needsReview !== inReview)
      wrong.push(`${name} tells ${told.needsReview} reviews, and has ${inReview}`);
  }
  return wrong;
}
