import { z } from 'zod';
import {
  type Amount,
  amount,
  compareAmounts,
  type ShiftReport,
  type ZFileProblem,
} from '../../../preload/contract/index.ts';
import { readJson } from '../../kernel/database/read-json.ts';
import { readZFile, type ZFileAccount } from '../shifts/z-file.ts';
import { factsOf, type ZFacts } from './z-facts.ts';

/** Whose files are taken. */
export interface ZDesk {
  readonly account: ZFileAccount;
  readonly appKey: string;
  readonly currency: string;
  readonly isPractice: boolean;
}

export type ReadZ =
  | { readonly ok: true; readonly facts: ZFacts }
  | { readonly ok: false; readonly problem: ZFileProblem };

const refused = (problem: ZFileProblem): ReadZ => ({ ok: false, problem });

/** What every version of such a file begins with. */
const headSchema = z.object({ format: z.string(), host: z.string().optional() });
const BEGINS = /^\s*\{\s*"format"\s*:\s*"counterfoil z report /;
const FORMAT = /^counterfoil z report (\d+)$/;
/** The newest that this program reads. */
const VERSION = 4;

/** As every practice store has it: made-up money. */
const PRACTICE = 'practice';

/** Programs that carry text put one before it; it says nothing. */
const byteOrderMark = /^\ufeff/;

/** What a file says, as far as it is this shop's and nobody has altered it. Pure. */
export function readZ(file: string, { account, appKey, currency, isPractice }: ZDesk): ReadZ {
  const text = file.replace(byteOrderMark, '');
  const head = headSchema.safeParse(readJson(text));
  if (!head.success) return refused(BEGINS.test(text) ? 'cut-off' : 'foreign');
  const version = FORMAT.exec(head.data.format)?.[1];
  if (version === undefined) return refused('foreign');
  if (Number(version) > VERSION) return refused('newer');
  const isOfPractice = head.data.host === PRACTICE;
  if (isOfPractice !== isPractice) return refused(isOfPractice ? 'practice' : 'live');
  const read = readZFile(appKey, account, text);
  // A later program may write more into the newest form; what lacks something in an older one is no newer program's.
  const misfit = Number(version) < VERSION ? 'unreadable' : 'newer';
  if (!read.ok) return refused(read.problem === 'not-a-z' ? misfit : read.problem);
  const { report } = read;
  if (report.isPractice !== isPractice) return refused(report.isPractice ? 'practice' : 'live');
  if (report.currency !== currency) return refused('other-currency');
  if (!hasPossibleSums(report)) return refused('impossible');
  const facts = factsOf(report);
  return isPossibleZ(facts) ? { ok: true, facts } : refused('impossible');
}

/** Longer than any till's, and short enough that those of as many reports as are kept can be added up. */
const MOST = amount(`1${'0'.repeat(21)}`);
const LEAST = amount(`-${MOST}`);
const MOST_ENTRIES = 1_000_000_000;
/** Where the calendar of this program ends. */
const LAST_MS = 8_640_000_000_000_000;

const isPossible = (value: Amount | null): boolean =>
  value === null || (compareAmounts(value, MOST) < 0 && compareAmounts(value, LEAST) > 0);

/** Its sums can be added up with others. Pure. */
function hasPossibleSums(report: ShiftReport): boolean {
  const { cells, before = [], moves, tenders, unsettled, late, takenUp = [] } = report;
  const { afterPaper = [], opening } = report;
  const sums = [
    ...[report.bonus, report.points],
    ...tenders.flatMap(({ tender: _, ...row }) => Object.values(row)),
    ...(opening === undefined ? [] : [opening.counted, opening.uncounted]),
    ...moves.map(({ amount: moved }) => moved),
    ...[...cells, ...before, ...unsettled, ...late, ...takenUp, ...afterPaper].flatMap(
      ({ principal, bonus, points }) => [...[principal, bonus, points ?? null]],
    ),
  ];
  return sums.every(isPossible);
}

function isDay(day: string): boolean {
  const ms = Date.parse(`${day}T00:00:00Z`);
  return !Number.isNaN(ms) && new Date(ms).toISOString().slice(0, 10) === day;
}

/** It can be counted, and told by its day and time. Pure. */
const isPossibleZ = ({ entries, closedAtMs, businessDay }: ZFacts): boolean =>
  entries <= MOST_ENTRIES && closedAtMs <= LAST_MS && isDay(businessDay);
