import { afterAnsweredRead, afterFailedRead, afterOutcome } from '../../main/hosts/link/link-state.ts';
import { anAnswerHelps } from '../../main/hosts/link/pauses.ts';
import { type EndName, endOf, type Happening, type LossName, type NotSentName } from './answers.ts';
import type { Rules } from './rules.ts';
import {
  type Attempt,
  atOnce,
  type Entry,
  isEnded,
  type Move,
  nothingSeen,
  once,
  type Setting,
  sumsOf,
  type World,
  withBaseline,
  withEntry,
  withLink,
} from './world.ts';

export interface Model {
  readonly setting: Setting;
  readonly rules: Rules;
}

export const memberOf = ({ setting }: Model, index: number): number => setting.members[index] ?? 0;

export const othersOf = (model: Model, world: World, index: number): readonly Entry[] =>
  world.entries.filter((_, at) => at !== index && memberOf(model, at) === memberOf(model, index));

/**
 * The attempts as far as anything asks of them: the first, whether another one is undecided or was refused as
 * a duplicate, and whether the last was rejected or such a refusal. Worlds that differ only in the rest are one.
 */
export function folded(attempts: readonly Attempt[]): readonly Attempt[] {
  const [first, ...rest] = attempts;
  if (first === undefined) return [];
  const kept = [first];
  const keep = (is: (attempt: Attempt) => boolean) => {
    const found = kept.some(is) ? undefined : rest.find(is);
    if (found !== undefined) kept.push({ ...found, baseline: null });
  };
  keep(({ cause }) => cause === 'duplicate');
  keep(({ outcome }) => outcome === 'unknown');
  const last = rest.at(-1);
  if (last === undefined || (last.outcome !== 'rejected' && last.cause !== 'duplicate')) return kept;
  return kept.at(-1)?.cause === 'duplicate' && last.cause === 'duplicate'
    ? kept
    : [...kept, { ...last, baseline: null }];
}

const movedBy = (by: number) =>
  once(({ baseline, attempts, step, seen }) => {
    const from = (sum: number | null): number | null => (sum === null ? null : sum - by);
    return {
      baseline: from(baseline),
      attempts: attempts.map((attempt) => ({ ...attempt, baseline: from(attempt.baseline) })),
      step: typeof step === 'string' ? step : { ...step, after: step.after - by },
      seen: { ...seen, readings: seen.readings.map((read) => ({ ...read, total: read.total - by })) },
    };
  });
const movedUp = movedBy(1);
const movedDown = movedBy(-1);

/** What KYBIO holds of a member has changed: everything that is counted from there lies elsewhere now. */
export function moved(model: Model, world: World, member: number, by: 1 | -1): World {
  const baseline = world.baselines[member] ?? null;
  let to = withBaseline(world, member, baseline === null ? null : baseline - by);
  for (const [index, entry] of world.entries.entries())
    if (memberOf(model, index) === member && !isEnded(entry))
      to = (by === 1 ? movedUp : movedDown)(to, index);
  return to;
}

const concernedByOthers = once(() => ({ othersSince: true }));

/** An entry of the member was ended or decided: the baseline before another one no longer fits it. */
export function noteForOthers(model: Model, world: World, index: number): World {
  let noted = world;
  for (const [at, other] of world.entries.entries()) {
    const concerns = at !== index && memberOf(model, at) === memberOf(model, index);
    if (concerns && other.wasBegun && !other.othersSince && !isEnded(other))
      noted = concernedByOthers(noted, at);
  }
  return noted;
}

/** What main's plan would send now, by the entries' places. */
export function planned({ setting, rules }: Model, { entries, link }: World) {
  const candidates = entries.flatMap(({ state }, at) =>
    state !== 'queued'
      ? []
      : [
          {
            id: '',
            version: 0,
            sequence: at,
            customerUid: String(setting.members[at]),
            touched: false,
            createdAtMs: 0,
          },
        ],
  );
  const held = entries.flatMap(({ state }, at) =>
    state === 'sending' || state === 'unknown' ? [String(setting.members[at])] : [],
  );
  return rules.plan({
    ...{
      link,
      candidates,
      busyMembers: new Set(held),
      probing: false,
      mayAsk: true,
      nowMs: 0,
      monotonicMs: 0,
    },
    isSending: entries.some(({ state }) => state === 'sending'),
  });
}

/** KYBIO has answered a read. */
export const heard = (world: World): World =>
  withLink({ ...world, isSilent: false }, afterAnsweredRead(world.link, atOnce));

/** `queued` or `unknown` → `sending`, with its baseline, committed before a byte leaves. */
export function begin(model: Model, world: World, index: number, label: string): Move {
  const entry = world.entries[index] as Entry;
  const others = othersOf(model, world, index);
  const isOverlapping = others.some(({ state }) => state === 'sending' || state === 'unknown');
  const isOvertaking =
    !entry.reviewed &&
    world.entries.some(
      (other, at) =>
        at < index &&
        memberOf(model, at) === memberOf(model, index) &&
        other.state === 'queued' &&
        !other.reviewed,
    );
  const to = withEntry(world, index, {
    state: 'sending',
    step: 'begun',
    again: entry.state === 'unknown',
    baseline: world.baselines[memberOf(model, index)] ?? null,
    ...{ wasBegun: others.length > 0, seen: nothingSeen, stage: 0, cause: null },
  });
  const broken = isOverlapping
    ? 'two of a member at once'
    : isOvertaking
      ? 'a later entry of the member goes first'
      : world.isSilent
        ? 'a send before KYBIO has answered a read'
        : undefined;
  return { label, to, isOrdinary: true, ...(broken === undefined ? {} : { broken }) };
}

/** What an attempt's end makes of its entry, of the baseline, and of the way to KYBIO. */
export function end(model: Model, world: World, index: number, name: EndName, after: number): World {
  const entry = world.entries[index] as Entry;
  const member = memberOf(model, index);
  const { phase, outcome } = endOf(name, after);
  const settled = model.rules.settle(
    {
      touched: entry.touched,
      undecidedEarlier: entry.attempts.some((attempt) => attempt.outcome === 'unknown'),
    },
    phase,
    outcome,
  );
  const attempt: Attempt = {
    outcome: outcome.kind,
    cause: 'cause' in outcome && outcome.cause === 'duplicate' ? 'duplicate' : null,
    baseline: entry.baseline,
  };
  const attempts = phase === 'connecting' ? entry.attempts : folded([...entry.attempts, attempt]);
  let to = withEntry(world, index, {
    state: settled.state,
    touched: settled.touched,
    cause: null,
    ...{ attempts, step: 'none', again: false, baseline: null, seen: nothingSeen, stage: 0 },
  });
  to = noteForOthers(model, to, index);
  if (outcome.kind === 'applied' || attempt.cause === 'duplicate') {
    const known = world.baselines[member];
    const own = typeof known === 'number' ? known + 1 : null;
    const said = settled.reply?.balanceAfterUpdate === sumsOf(after).balance ? after : own;
    to = withBaseline(to, member, settled.state === 'confirmed' ? said : null);
  }
  const isSilent = world.isSilent || outcome.kind === 'unknown';
  return withLink({ ...to, isSilent }, afterOutcome(to.link, outcome, atOnce));
}

/** Everything that an attempt under way can come to. */
export function attemptMoves(model: Model, world: World, index: number): readonly Move[] {
  const entry = world.entries[index] as Entry;
  const { may, refusesDuplicates } = model.setting;
  const name = `entry ${index + 1}`;
  const those = <T extends Happening>(...of: readonly T[]): readonly T[] => of.filter((one) => may.has(one));
  if (entry.step === 'begun') {
    const leave = (copies: number) =>
      withEntry(world, index, { step: 'sent', left: true, inAir: entry.inAir + copies });
    return [
      { label: `${name} is sent`, to: leave(1), isOrdinary: true },
      ...(refusesDuplicates && may.has('delivered-twice')
        ? [{ label: `${name} is sent, and a middlebox sends it twice`, to: leave(2), isOrdinary: false }]
        : []),
      ...those<NotSentName>('connection-refused', 'certificate').map((how) => ({
        label: `${name} is not sent: ${how}`,
        to: end(model, world, index, how, 0),
        isOrdinary: false,
      })),
    ];
  }
  const losses = those<LossName>('lost', 'bad-gateway', 'other-member').filter(
    // A gateway's page and a lie take the place of an answer; a copy still in the air is late.
    (loss) => entry.inAir === 0 || (loss === 'lost' && may.has('late')),
  );
  const lost = losses.map((how) => ({
    label: `the answer for ${name} does not come: ${how}`,
    to: end(model, world, index, how, 0),
    // When nothing can be answered any more, losing patience is all that is left.
    isOrdinary: entry.step === 'sent' && entry.inAir === 0 && how === 'lost',
  }));
  if (entry.step === 'none' || entry.step === 'sent') return lost;
  const { answer, after } = entry.step;
  return [
    {
      label: `${name} is answered: ${answer}`,
      to: end(model, world, index, answer, after),
      isOrdinary: true,
    },
    ...lost,
  ];
}

/** A harmless question: what ends most pauses, and where the way to KYBIO is not known. */
export function probeMoves(model: Model, world: World): readonly Move[] {
  const { link } = world;
  const asksAtStart = link.reach === 'starting' && link.pauses.length === 0;
  if (!asksAtStart && !planned(model, world).probe) return [];
  const failure = { kind: 'not-connected', cause: 'dns', pause: null, messages: [] } as const;
  const answeredMove = {
    label: 'KYBIO answers a question',
    to: heard(world),
    isOrdinary: anAnswerHelps(link) || link.reach !== 'online',
  };
  if (!model.setting.may.has('read-not-answered')) return [answeredMove];
  const failed = withLink(world, afterFailedRead(link, failure, atOnce));
  return [answeredMove, { label: 'KYBIO does not answer a question', to: failed, isOrdinary: false }];
}
