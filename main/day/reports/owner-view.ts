import {
  type ListedZ,
  MOST_LISTED_ZS,
  type OwnerView,
  type Period,
  type ShownZConflict,
  type Span,
  spans,
} from '../../../preload/contract/index.ts';
import type { Clock } from '../../kernel/ports.ts';
import { inSteps } from '../../kernel/steps.ts';
import { addUpSteps, type CountedZ, type KnownZs, type OwnTill } from './add-up.ts';
import { comparedWith, type DayRange, periodsTo } from './calendar.ts';
import { againstOf, type OpenDaysParts, openDays, withOpen } from './open-days.ts';
import type { OwnZs } from './own-zs.ts';
import type { ZFacts } from './z-facts.ts';
import type { ZFolder } from './z-folder.ts';
import type { ZPicks } from './z-picks.ts';

/** Four weeks, a quarter, and a year with the same month of the year before. */
export const periodsShown: Readonly<Record<Span, number>> = { day: 28, week: 13, month: 13 };

export interface OwnerViewParts extends OpenDaysParts {
  readonly clock: Pick<Clock, 'nowMs'>;
  readonly today: () => string;
  readonly ownTill: () => OwnTill;
  readonly picks: Pick<ZPicks, 'all'>;
  readonly folder: ZFolder;
  readonly own: OwnZs;
  readonly isSettled: (entryId: string) => boolean;
  readonly openOf: NonNullable<KnownZs['openOf']>;
  readonly owed: (pause: () => Promise<void>) => Promise<OwnerView['owed']>;
  readonly pause: () => Promise<void>;
}

const listed =
  (own: ReadonlySet<string>) =>
  (z: ZFacts): ListedZ => ({
    id: z.id,
    till: z.till,
    isOwn: own.has(z.digest),
    number: z.number,
    businessDay: z.businessDay,
    closedAtMs: z.closedAtMs,
    closedBy: z.closedBy,
    net: z.net,
    variance: z.variance,
  });

const newestFirst = (one: ZFacts, other: ZFacts): number =>
  one.businessDay === other.businessDay
    ? other.closedAtMs - one.closedAtMs
    : one.businessDay < other.businessDay
      ? 1
      : -1;

const MOST_CONFLICTS = 100;
const MOST_VARIANTS = 20;

const shownConflict =
  (own: ReadonlySet<string>) =>
  ({ id, picked, variants }: ZConflict): ShownZConflict => ({
    id,
    picked,
    variants: variants.slice(0, MOST_VARIANTS).map((z) => ({
      digest: z.digest,
      till: z.till,
      number: z.number,
      businessDay: z.businessDay,
      isOwn: own.has(z.digest),
      closedAtMs: z.closedAtMs,
      closedBy: z.closedBy,
      net: z.net,
      entries: z.entries,
    })),
  });

const conflictsFirst = ({ variants: [one] }: ZConflict, { variants: [other] }: ZConflict): number =>
  one === undefined || other === undefined ? 0 : newestFirst(one, other);

/** The view, and what main keeps of it. */
export interface OwnerLook {
  readonly view: OwnerView;
  /** The reports that a period of the view adds up. */
  readonly countedIn: (period: Period) => readonly CountedZ[];
}

/** Rejects where it was cancelled. */
export type LoadOwnerView = (callOff?: AbortSignal) => Promise<OwnerLook>;

/** Computes the owner's view in steps, so that no cashier waits for it. */
export function createOwnerView(parts: OwnerViewParts): LoadOwnerView {
  const { clock, today: now, ownTill, picks, folder, own, pause: untilOthersRan } = parts;

  return async (callOff) => {
    const pause = async () => {
      await untilOthersRan();
      callOff?.throwIfAborted();
    };
    const today = now();
    const stretches = (span: Span) => periodsTo(today, span, periodsShown[span]);
    const compared = (span: Span) => stretches(span).map((period) => comparedWith(period, span, today));
    const from = spans.map((span) => compared(span)[0]?.from ?? today).sort()[0] ?? today;
    const to =
      spans
        .map((span) => stretches(span).at(-1)?.to ?? today)
        .sort()
        .at(-1) ?? today;
    // The system's time zone data may take milliseconds to load.
    await pause();
    const ownZs = await own.since(from);
    const { zs: files, unread } = await folder.all();
    const found = countedZs([...ownZs, ...files], await picks.all());
    const zs = [...found.zs].sort(newestFirst);
    const { isSettled, openOf } = parts;
    const known: KnownZs = { zs, undecided: found.undecided, ownTill: ownTill(), isSettled, openOf };
    const addUpIn = await inSteps(addUpSteps(known), pause);
    const addUp = (range: DayRange) => inSteps(addUpIn(range, today), pause);
    const open = await openDays(parts, [...zs, ...found.undecided], { from, to });

    const countedBy = new Map<Period, readonly CountedZ[]>();
    const periodsOf = async (span: Span): Promise<Period[]> => {
      const found: Period[] = [];
      for (const period of stretches(span)) {
        await pause();
        const other = comparedWith(period, span, today);
        const { counted, ...added } = await addUp(period);
        const shown: Period = {
          from: period.from,
          to: period.to,
          isRunning: period.from <= today && today <= period.to,
          ...added,
          ...withOpen(added, period, open),
          against: againstOf(await addUp(other), other, open),
        };
        countedBy.set(shown, counted);
        found.push(shown);
      }
      return found;
    };

    const ownDigests = new Set(ownZs.map(({ digest }) => digest));
    const view: OwnerView = {
      today,
      atMs: clock.nowMs(),
      isEmpty: open.size === 0 && zs.length === 0,
      day: await periodsOf('day'),
      week: await periodsOf('week'),
      month: await periodsOf('month'),
      reports: zs.slice(0, MOST_LISTED_ZS).map(listed(ownDigests)),
      unlisted: Math.max(0, zs.length - MOST_LISTED_ZS),
      conflicts: [...found.conflicts]
        .sort(conflictsFirst)
        .slice(0, MOST_CONFLICTS)
        .map(shownConflict(ownDigests)),
      unread,
      owed: await parts.owed(pause),
    };
    return { view, countedIn: (period) => countedBy.get(period) ?? [] };
  };
}

/** Differing reports of one shift: its till was restored, and closed it again. */
interface ZConflict {
  readonly id: string;
  /** The digest a manager chose; null while none counts. */
  readonly picked: string | null;
  /** Distinct digests; this till's own first. */
  readonly variants: readonly ZFacts[];
}

interface CountedZs {
  /** Added up: one of each id at most. */
  readonly zs: readonly ZFacts[];
  /** One for each undecided id: its number and day are not missing. */
  readonly undecided: readonly ZFacts[];
  readonly conflicts: readonly ZConflict[];
}

/**
 * Each report once, by id. Of differing ones none counts until a manager chose: `picks` has the digest by id;
 * a digest that is gone chooses nothing. Pure.
 */
export function countedZs(all: readonly ZFacts[], picks: ReadonlyMap<string, string>): CountedZs {
  const byId = new Map<string, ZFacts[]>();
  for (const z of all) {
    const known = byId.get(z.id) ?? [];
    if (!known.some(({ digest }) => digest === z.digest)) byId.set(z.id, [...known, z]);
  }
  const zs: ZFacts[] = [];
  const undecided: ZFacts[] = [];
  const conflicts: ZConflict[] = [];
  for (const [id, variants] of byId) {
    const [first] = variants;
    const found = variants.find(({ digest }) => digest === picks.get(id)) ?? null;
    const counts = variants.length === 1 ? first : found;
    if (variants.length > 1) conflicts.push({ id, picked: found?.digest ?? null, variants });
    if (counts !== null && counts !== undefined) zs.push(counts);
    else if (first !== undefined) undecided.push(first);
  }
  return { zs, undecided, conflicts };
}
