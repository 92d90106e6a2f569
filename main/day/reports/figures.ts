import {
  addAmounts,
  addUpBy,
  type Cell,
  compareTenders,
  type Figures,
  figureLines,
  figureOf,
  foldCells,
  isZeroAmount,
  type NetByTender,
} from '../../../preload/contract/index.ts';
import type { DayGroup } from '../day-groups.ts';

export interface DaySums {
  readonly groups: readonly DayGroup[];
  readonly members: readonly number[];
}

const cellOf = ({ kind, tender, ...of }: DayGroup): Cell => ({
  ...of,
  isReversal: kind === 'reversal',
  tender: of.line === 'taken-up' ? null : tender,
});

function tendersOf(cells: readonly Cell[]): Figures['tenders'] {
  const found = [...new Set(cells.map(({ tender }) => tender))];
  return found.sort(compareTenders).flatMap((tender) => {
    const own = cells.filter((cell) => cell.tender === tender);
    // Awarded points are paid with nothing.
    const paid = own.filter(({ principal }) => tender !== null || !isZeroAmount(principal));
    const { entries, principal: net } = foldCells(paid).net;
    return entries === 0 ? [] : [{ tender, entries, net }];
  });
}

/** Sums of one tender, added up; without those that come to nothing. */
export function addTenders(all: NetByTender): NetByTender {
  const found = [...new Set(all.map(({ tender }) => tender))].sort(compareTenders);
  return found.flatMap((tender) => {
    const net = addAmounts(...all.flatMap((one) => (one.tender === tender ? one.net : [])));
    return isZeroAmount(net) ? [] : [{ tender, net }];
  });
}

export function netByTender(cells: readonly Cell[]): NetByTender {
  const tenders = [...new Set(cells.map(({ tender }) => tender))];
  const netOf = (tender: string | null) => foldCells(cells.filter((cell) => cell.tender === tender)).net;
  return addTenders(tenders.map((tender) => ({ tender, net: netOf(tender).principal })));
}

/** Groups that agree, as one: a year then has as many as a day. */
export const merged = (groups: readonly DayGroup[]): readonly DayGroup[] =>
  addUpBy(groups, ({ line, kind, state, tender }) => JSON.stringify([line, kind, state, tender]));

export function figuresOf(of: readonly DayGroup[], members: number): Figures {
  const groups = merged(of);
  const cells = groups.map(cellOf);
  const { lines, net } = foldCells(cells);
  const topUps = foldCells(groups.filter(({ kind }) => kind === 'top-up').map(cellOf)).lines.taken;
  return {
    topUps: topUps.entries,
    net: net.principal,
    bonus: net.bonus,
    points: net.points,
    members,
    tenders: tendersOf(cells),
    lines: Object.fromEntries(
      figureLines.filter((line) => figureOf[line].isOfDays).map((line) => [line, lines[line]]),
    ),
  };
}
