import {
  type ListedZ,
  MOST_LISTED_ZS,
  type OwnerView,
  type Period,
  type Span,
  spans,
} from '../../preload/contract/index.ts';
import type { Clock } from '../ports.ts';
import type { Tell } from '../progress.ts';
import { createAddUp } from './add-up.ts';
import { comparedWith, daysOf, periodsTo, type Stretch } from './calendar.ts';
import type { DayBook } from './day-book.ts';
import { type DaySums, figuresOf } from './figures.ts';
import type { OwnZs } from './own-zs.ts';
import type { ZFacts } from './z-facts.ts';
import type { ZFolder } from './z-folder.ts';

/** How many of each are shown: four weeks, a quarter, a year and the same month of the one before. */
export const periodsShown: Readonly<Record<Span, number>> = { day: 28, week: 13, month: 13 };

export interface OwnerViewParts {
  readonly clock: Pick<Clock, 'nowMs'>;
  readonly today: () => string;
  readonly till: string;
  readonly book: DayBook;
  readonly folder: ZFolder;
  readonly own: OwnZs;
  /** Of an entry of this till. */
  readonly isSettled: (entryId: string) => boolean;
  readonly pause: () => Promise<void>;
}

type Days = ReadonlyMap<string, DaySums>;

/** Some thousand at once. */
const MEMBERS_IN_ONE = 5_000;

/** Who was topped up on some days, each once. */
async function membersOf(days: readonly DaySums[], pause: () => Promise<void>): Promise<number> {
  const [only] = days;
  if (days.length === 1 && only !== undefined) return only.members.length;
  const found = new Set<number>();
  let looked = 0;
  for (const { members } of days) {
    for (const member of members) found.add(member);
    looked += members.length;
    if (looked < MEMBERS_IN_ONE) continue;
    looked = 0;
    await pause();
  }
  return found.size;
}

async function figuresIn(stretch: Stretch, days: Days, pause: () => Promise<void>) {
  const of = daysOf(stretch).flatMap((day) => days.get(day) ?? []);
  const figures = figuresOf(
    of.flatMap(({ groups }) => groups),
    await membersOf(of, pause),
  );
  return { figures, isEmpty: of.length === 0 };
}

const listed =
  (own: ReadonlySet<string>) =>
  (z: ZFacts): ListedZ => ({
    ...{ id: z.id, till: z.till, isOwn: own.has(z.id), number: z.number, businessDay: z.businessDay },
    ...{ closedAtMs: z.closedAtMs, closedBy: z.closedBy, net: z.net, variance: z.variance },
  });

const newestFirst = (one: ZFacts, other: ZFacts): number =>
  one.businessDay === other.businessDay
    ? other.closedAtMs - one.closedAtMs
    : one.businessDay < other.businessDay
      ? 1
      : -1;

/** Each once: a file of a report of this till's own says nothing new. */
function knownZs(own: readonly ZFacts[], files: readonly ZFacts[]): readonly ZFacts[] {
  const byId = new Map([...files, ...own].map((z) => [z.id, z]));
  return [...byId.values()].sort(newestFirst);
}

/** Tells how many of the days it has added up. Rejects where it was called off. */
export type LookAsOwner = (tell?: Tell, callOff?: AbortSignal) => Promise<OwnerView>;

/** All that the owner's view shows, reckoned in steps: whoever sells meanwhile does not wait for it. */
export function createOwnerView(parts: OwnerViewParts): LookAsOwner {
  const { clock, today: now, till, book, folder, own, isSettled, pause: untilOthersRan } = parts;

  return async (tell, callOff) => {
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
    // Which days they are takes milliseconds where nobody has asked the system for its calendar yet.
    await pause();
    const days = await book.days({ from, to }, tell, callOff);
    const ownZs = await own.since(from);
    const { zs: files, unread } = await folder.all();
    const zs = knownZs(ownZs, files);
    const addUp = createAddUp({ zs, ownTill: till, isSettled });

    const periodsOf = async (span: Span): Promise<Period[]> => {
      const found: Period[] = [];
      for (const period of stretches(span)) {
        await pause();
        const { figures } = await figuresIn(period, days, pause);
        const other = comparedWith(period, span, today);
        const before = await figuresIn(other, days, pause);
        found.push({
          ...{ from: period.from, to: period.to, figures },
          isRunning: period.from <= today && today <= period.to,
          before: before.isEmpty ? null : { from: other.from, to: other.to, figures: before.figures },
          ...addUp(period, today),
        });
      }
      return found;
    };

    const ownIds = new Set(ownZs.map(({ id }) => id));
    return {
      today,
      atMs: clock.nowMs(),
      isEmpty: days.size === 0,
      ...{ day: await periodsOf('day'), week: await periodsOf('week'), month: await periodsOf('month') },
      reports: zs.slice(0, MOST_LISTED_ZS).map(listed(ownIds)),
      unlisted: Math.max(0, zs.length - MOST_LISTED_ZS),
      unread,
    };
  };
}
