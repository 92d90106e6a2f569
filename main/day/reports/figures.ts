import {
  addAmounts,
  addUpBy,
  type Cell,
  compareTenders,
  foldCells,
  isZeroAmount,
  type NetByTender,
  type Period,
} from '../../../preload/contract/index.ts';
import type { DayGroup } from '../day-groups.ts';

const cellOf = ({ kind, tender, ...of }: DayGroup): Cell => ({
  ...of,
  isReversal: kind === 'reversal',
  tender: of.line === 'taken-up' ? null : tender,
});

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

export interface OpenSums extends NonNullable<Period['open']> {
  readonly tenders: NetByTender;
}

/** What entries in no report come to. */
export function openSums(groups: readonly DayGroup[]): OpenSums {
  const cells = merged(groups).map(cellOf);
  const { lines, net } = foldCells(cells);
  const { entries, principal } = lines.unsettled;
  return {
    entries: net.entries,
    net: net.principal,
    bonus: net.bonus,
    unsettled: { entries, principal },
    tenders: netByTender(cells),
  };
}
