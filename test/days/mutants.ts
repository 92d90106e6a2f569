import type { OpenedSession } from '../../main/app/open-session.ts';
import type { FigureGroup, ListedEntry } from '../../main/day/shifts/figures.ts';
import type { FiguresRepository } from '../../main/day/shifts/figures-repository.ts';
import type { QuietRepository } from '../../main/day/shifts/quiet-repository.ts';
import { addAmounts, zeroAmount } from '../../preload/contract/index.ts';
import type { Inject } from './world.ts';

/** A fault that is planted in an open till: an injected part that does what a slip in `main/` would. */
export interface DayMutant {
  readonly name: string;
  readonly says: string;
  readonly inject: Inject;
  /** A day that finds it. */
  readonly seed: number;
}

type Groups = readonly FigureGroup[];

const figuresWith =
  (change: (figures: FiguresRepository) => Partial<FiguresRepository>): Inject =>
  ({
    day: {
      shifts: { figures },
    },
  }: OpenedSession) => {
    Object.assign(figures, change({ ...figures }));
  };

const quietWith =
  (change: (quiet: QuietRepository) => Partial<QuietRepository>): Inject =>
  ({
    day: {
      shifts: { quiet },
    },
  }: OpenedSession) => {
    Object.assign(quiet, change({ ...quiet }));
  };

const groupsWith = (change: (groups: Groups) => Groups): Inject =>
  figuresWith((figures) => ({ groups: (range) => change(figures.groups(range)) }));

const someWith = (change: (entry: ListedEntry) => ListedEntry): Inject =>
  figuresWith((figures) => ({ some: (sequences) => figures.some(sequences).map(change) }));

const isBack = ({ state }: { readonly state: string }): boolean =>
  state === 'rejected' || state === 'cancelled';

export const dayMutants: readonly DayMutant[] = [
  {
    name: 'late-twice',
    says: 'what is given back late is taken off twice',
    inject: someWith((entry) =>
      isBack(entry) ? { ...entry, principal: addAmounts(entry.principal, entry.principal) } : entry,
    ),
    seed: 18,
  },
  {
    name: 'points-of-cancelled',
    says: 'points of what was refused or cancelled stay with the member',
    inject: groupsWith((groups) => [
      ...groups,
      ...groups.filter(isBack).map(
        (group): FigureGroup => ({
          ...group,
          state: 'confirmed',
          entries: 0,
          principal: zeroAmount,
          bonus: zeroAmount,
        }),
      ),
    ]),
    seed: 17,
  },
  {
    name: 'unsettled-lost',
    says: 'the last of what is not settled at a Z is followed by none after it',
    inject: figuresWith((figures) => ({ unsettled: (range) => figures.unsettled(range).slice(0, -1) })),
    seed: 18,
  },
  {
    name: 'other-drawers-cash',
    says: 'cash of what a paper brought counts as in this drawer',
    inject: groupsWith((groups) =>
      groups.map((group) => (group.line === 'taken-up' ? { ...group, line: 'sale', tender: 'cash' } : group)),
    ),
    seed: 18,
  },
  {
    name: 'reversal-keeps-bonus',
    says: 'a reversal leaves the bonus in the sums',
    inject: groupsWith((groups) =>
      groups.map((group) =>
        group.isReversal && group.line === 'sale' ? { ...group, bonus: zeroAmount } : group,
      ),
    ),
    seed: 18,
  },
  {
    name: 'blind-tells-cash',
    says: 'an X tells the cash before the drawer is counted',
    inject: ({
      day: {
        shifts: { service },
      },
    }) => {
      const { report, stands } = service;
      Object.assign(service, {
        report: (number: number | null) => (number === null ? stands() : report(number)),
      });
    },
    seed: 18,
  },
  {
    name: 'no-sale-untold',
    says: 'a drawer that was opened without a sale is on no report',
    inject: quietWith((quiet) => ({
      openings: (afterRow) => quiet.openings(afterRow).filter(({ line }) => line !== 'opened-no-sale'),
    })),
    seed: 56,
  },
  {
    name: 'paper-of-before',
    says: 'what an earlier shift handed a paper out for is given back unseen',
    inject: quietWith((quiet) => ({ afterPaper: (range) => quiet.afterPaper(range, []) })),
    seed: 4,
  },
  {
    name: 'hour-too-late',
    says: 'what is sold in one hour is told of the next',
    inject: groupsWith((groups) => groups.map((group) => ({ ...group, hour: (group.hour + 1) % 24 }))),
    seed: 60,
  },
  {
    name: 'change-of-first',
    says: 'of entries whose way to pay was put right the first is not counted',
    inject: figuresWith((figures) => ({
      tenderChanges: (range) => {
        const { count, listed } = figures.tenderChanges(range);
        return { count: Math.max(0, count - 1), listed: listed.slice(1) };
      },
    })),
    seed: 18,
  },
  {
    name: 'refused-without-points',
    says: 'the tile of what was refused leaves out its points',
    inject: ({ ledger: { outbox } }) => {
      const { sumsOfDay } = outbox;
      Object.assign(outbox, {
        sumsOfDay: (...asked: Parameters<typeof sumsOfDay>) => {
          const sums = sumsOfDay(...asked);
          return { ...sums, refused: { ...sums.refused, point: zeroAmount } };
        },
      });
    },
    seed: 276,
  },
  {
    name: 'found-without-points',
    says: 'sums of what is looked for leave out the points of what waits',
    inject: ({
      ledger: {
        outbox: { find },
      },
    }) => {
      const { sums } = find;
      Object.assign(find, {
        sums: async (...asked: Parameters<typeof sums>) => {
          const found = await sums(...asked);
          const without = (one: (typeof found.sums)[number]) =>
            one.state === 'queued' ? { ...one, point: zeroAmount } : one;
          return { ...found, sums: found.sums.map(without) };
        },
      });
    },
    seed: 37,
  },
];

export const mutantOf = (name: string): DayMutant => {
  const found = dayMutants.find((one) => one.name === name);
  if (found === undefined)
    throw new Error(`no mutant ${name}: ${dayMutants.map((one) => one.name).join(', ')}`);
  return found;
};
