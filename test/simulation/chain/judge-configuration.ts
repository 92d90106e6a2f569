import { bonusOf } from './folder.ts';
import type { Evidence } from './judge.ts';
import { STARTS_MS } from './plan.ts';
import type { Span } from './record.ts';

/** A till looks every five minutes, and takes over within ten seconds. */
const SURELY_MS = 330_000;

const overlapMs = (one: Span, other: Span, untilMs: number): number =>
  Math.min(one.toMs, other.toMs, untilMs) - Math.max(one.fromMs, other.fromMs);

/** Each till goes by the newest configuration that it could have, and gives what that says. */
export function judgeConfiguration({ record, tills, newest }: Evidence): readonly string[] {
  const wrong: string[] = [];
  /** The newest that the till must have by then, and the newest that it may have. */
  const rangeAt = (till: number, atMs: number, clockMs: number): readonly [number, number] => {
    let [must, may] = [0, 0];
    for (const one of record.published) {
      if (one.fromMs > atMs || one.validFromMs > clockMs + 1_000) continue;
      const isReached = (record.reached.get(till) ?? []).some(
        (span) => overlapMs(span, one, atMs) >= SURELY_MS,
      );
      if (isReached && one.validFromMs <= clockMs - 60_000) must = Math.max(must, one.version);
      may = Math.max(may, one.version);
    }
    return [must, may];
  };
  for (const { id, till, kind, atMs, clockMs, rules, cents, bonus } of record.entered) {
    if (rules === null) continue;
    const [must, may] = rangeAt(till, atMs, clockMs);
    if (rules < must || rules > may) wrong.push(`${id} goes by rules ${rules}, not ${must} to ${may}`);
    const gives = kind === 'award' ? 0 : bonusOf(rules, cents);
    if (bonus !== gives) wrong.push(`${id} got ${bonus}, and is to get ${gives} by rules ${rules}`);
  }
  for (const { till, version, atMs } of record.samples) {
    const [must, may] = rangeAt(till, atMs, STARTS_MS + atMs);
    if ((version ?? 0) < must || (version ?? 0) > may)
      wrong.push(`till ${till} goes by ${version}, not ${must} to ${may}`);
  }
  for (const { name, told } of tills)
    if (told !== null && told.version !== newest)
      wrong.push(`${name} goes by ${told.version} in the end, and the newest is ${newest}`);
  return wrong;
}
