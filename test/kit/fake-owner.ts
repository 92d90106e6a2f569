import type { DayGroup } from '../../main/day/day-groups.ts';
import { daysOf } from '../../main/day/reports/calendar.ts';
import { createOwnerView, type OwnerLook } from '../../main/day/reports/owner-view.ts';
import { factsOf, type ZFacts } from '../../main/day/reports/z-facts.ts';
import { fromScaled } from '../../main/kernel/scaled.ts';
import { amount, type Owed, type OwnerView, zeroAmount } from '../../preload/contract/index.ts';
import { entryOfZ, tenderOf, zReportOf } from './z-reports.ts';

export const today = '2026-11-27';

const money = (cents: number) => fromScaled(String(cents * 100));

/** A made-up day: the same each time, and each day another one. */
function dayOf(day: string): readonly DayGroup[] {
  const seed = Array.from(day).reduce((sum, char) => (sum * 31 + char.charCodeAt(0)) % 9_973, 7);
  const group = (tender: string | null, part: number, change: Partial<DayGroup> = {}): DayGroup => ({
    ...{ line: 'sale', kind: 'top-up', state: 'confirmed', tender, entries: 3 + ((seed * part) % 17) },
    ...{
      principal: money(12_000 + ((seed * part * 37) % 96_000)),
      bonus: money((seed * part) % 9_000),
      points: amount('7'),
    },
    ...change,
  });
  const reversal = group('cash', 1, {
    kind: 'reversal',
    entries: 1,
    principal: money(-2_000),
    bonus: zeroAmount,
    points: zeroAmount,
  });
  return [
    ...[group('cash', 5), group('card', 3), group('qr', 2), reversal],
    ...(seed % 3 === 0 ? [group('cash', 1, { state: 'rejected', entries: 2 })] : []),
    ...(day === today ? [group('card', 1, { state: 'queued', entries: 2 })] : []),
  ];
}

export interface FakeOwner {
  readonly days: readonly string[];
  readonly own: readonly ZFacts[];
  readonly files: readonly ZFacts[];
  readonly unread: number;
  /** Which of two accounts of a Z was picked, by its id. */
  readonly picks?: Readonly<Record<string, string>>;
}

/** 288 members whom this till knows. */
const owedOf: Owed = {
  ages: [
    { age: 'day', members: 40, balance: amount('1840.50') },
    { age: 'week', members: 118, balance: amount('6214') },
    { age: 'month', members: 97, balance: amount('5120.25') },
    { age: 'older', members: 33, balance: amount('990') },
  ],
  below: { members: 0, balance: zeroAmount },
  oldestMs: Date.parse('2026-09-03T03:00:00Z'),
  wholeAtMs: Date.parse('2026-11-20T03:00:00Z'),
};

/** As main reckons it from these. */
export const ownerViewOf = async (of: FakeOwner): Promise<OwnerView> => (await ownerLookOf(of)).view;

export const ownerLookOf = ({ days, own, files, unread, picks }: FakeOwner): Promise<OwnerLook> =>
  createOwnerView({
    ...{ clock: { nowMs: () => Date.parse(`${today}T06:02:00Z`) }, today: () => today },
    ownTill: () => ({ id: null, name: 'Counter 1' }),
    daysAfter: async () => new Map(days.slice(-1).map((day) => [day, dayOf(day)])),
    reported: () => ({ to: 1, openShift: null }),
    folder: {
      removed: () => [],
      all: async () => ({ zs: files, unread }),
      keep: async () => undefined,
      remove: async () => undefined,
    },
    own: { since: async () => own, digestsOf: () => [] },
    picks: { all: async () => new Map(Object.entries(picks ?? {})) },
    isSettled: () => false,
    openOf: () => null,
    owed: async () => owedOf,
    pause: async () => undefined,
  })();

export const noOwner: FakeOwner = { days: [], own: [], files: [], unread: 0 };

const year = daysOf({ from: '2025-11-01', to: today });

const zsOf = (till: string, days: readonly string[]): ZFacts[] =>
  days.map((businessDay, index) => {
    const taken = amount(String(180 + ((index * 37 + till.length * 11) % 260)));
    const [short, over] = index % 5 === 0 ? ['-0.50', '0.50'] : ['0', '0'];
    return factsOf(
      zReportOf({
        ...{ till, number: index + 1, businessDay },
        tenders: [
          tenderOf({ taken, expected: taken, variance: amount(short) }),
          tenderOf({ tender: 'card', taken: amount('0'), variance: amount(over) }),
        ],
        unsettled: index === days.length - 1 && till !== 'Counter 1' ? [entryOfZ(`${till} open`)] : [],
      }),
    );
  });

/** A year of a shop with three tills, of one of which two reports are missing. */
export function busyOwner(): FakeOwner {
  const days = year.slice(-120);
  const files = [...zsOf('Counter 2', days.slice(0, -1)), ...zsOf('Pasar Malam Stall 3', days)];
  return {
    days: year,
    own: zsOf('Counter 1', days.slice(0, -1)),
    files: files.filter(
      ({ till, number }) => till !== 'Pasar Malam Stall 3' || (number !== 116 && number !== 117),
    ),
    unread: 0,
  };
}

/** A till whose clock was a year ahead for two days, and this one's last day, closed before its clock was put right. */
export function aheadOwner(): FakeOwner {
  const own = [...zsOf('Counter 1', year.slice(-3)), ...zsOf('Counter 1', ['2026-11-28'])];
  return {
    ...{ days: year, unread: 0 },
    own: own.map((z, index) => ({ ...z, number: index + 1 })),
    files: zsOf('Counter 2', ['2027-11-26', '2027-11-27']),
  };
}
