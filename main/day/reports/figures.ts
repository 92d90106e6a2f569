import {
  addUpBy,
  type Cell,
  type FigureLine,
  type Figures,
  foldCells,
  isZeroAmount,
  standardTenders,
} from '../../../preload/contract/index.ts';
import type { DayGroup } from '../day-groups.ts';

/** What the entries of a day come to, and who was topped up. */
export interface DaySums {
  readonly groups: readonly DayGroup[];
  readonly members: readonly number[];
}

const cellOf = ({ kind, tender, ...of }: DayGroup): Cell => ({
  ...of,
  isReversal: kind === 'reversal',
  tender: of.line === 'taken-up' ? null : tender,
});

/** As every till knows them, then the shop's own; last what nobody was asked about. */
function placeOf(tender: string | null): number {
  if (tender === null) return standardTenders.length + 1;
  const known = standardTenders.indexOf(tender as (typeof standardTenders)[number]);
  return known < 0 ? standardTenders.length : known;
}

function tendersOf(cells: readonly Cell[]): Figures['tenders'] {
  const found = [...new Set(cells.map(({ tender }) => tender))];
  return found
    .sort((one, other) => placeOf(one) - placeOf(other) || ((one ?? '') < (other ?? '') ? -1 : 1))
    .flatMap((tender) => {
      const own = cells.filter((cell) => cell.tender === tender);
      // Points that are awarded are paid by nothing.
      const paid = own.filter(({ principal }) => tender !== null || !isZeroAmount(principal));
      const { entries, principal: net } = foldCells(paid).net;
      return entries === 0 ? [] : [{ tender, entries, net }];
    });
}

/** Groups that agree, as one: of a year there are then as many as of a day. */
export const merged = (groups: readonly DayGroup[]): readonly DayGroup[] =>
  addUpBy(groups, ({ line, kind, state, tender }) => JSON.stringify([line, kind, state, tender]));

/** What days of a till have lines of: what was settled late, paid in or paid out is a shift's. */
const linesOfDays = [
  'taken',
  'reversed',
  'cancelled',
  'unsettled',
  'corrections',
  'takenUp',
] as const satisfies readonly FigureLine[];

/** The figures of some days. Pure. */
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
    lines: Object.fromEntries(linesOfDays.map((line) => [line, lines[line]])),
  };
}
