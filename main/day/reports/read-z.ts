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

export interface ZDesk {
  readonly account: ZFileAccount;
  /** Null: the file's seal was verified before. */
  readonly appKey: string | null;
  readonly currency: string;
  readonly isPractice: boolean;
}

export type ReadZ =
  | { readonly ok: true; readonly facts: ZFacts }
  | { readonly ok: false; readonly problem: ZFileProblem };

const refused = (problem: ZFileProblem): ReadZ => ({ ok: false, problem });

/** The fields that every version of the file has. */
const headSchema = z.object({ format: z.string(), host: z.string().optional() });
const BEGINS = /^\s*\{\s*"format"\s*:\s*"counterfoil z report /;
const FORMAT = /^counterfoil z report (\d+)$/;
/** The newest that this version reads. */
const VERSION = 1;

/** The host of every practice store: play money. */
const PRACTICE = 'practice';

/** Editors put one before the text. */
const byteOrderMark = /^\ufeff/;

/** Accepts only an unaltered file of this shop. Pure. */
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
  // A newer version may add to the format.
  if (!read.ok) return refused(read.problem === 'not-a-z' ? 'newer' : read.problem);
  const { report } = read;
  if (report.isPractice !== isPractice) return refused(report.isPractice ? 'practice' : 'live');
  if (report.currency !== currency) return refused('other-currency');
  if (!hasPossibleSums(report)) return refused('impossible');
  const facts = factsOf(report);
  return isPossibleZ(facts) ? { ok: true, facts } : refused('impossible');
}

/** Larger than any till's, and small enough that `MOST_KEPT` of them can be added. */
const MOST = amount(`1${'0'.repeat(21)}`);
const LEAST = amount(`-${MOST}`);
const MOST_ENTRIES = 1_000_000_000;
/** The last time of a JavaScript date. */
const LAST_MS = 8_640_000_000_000_000;

const isPossible = (value: Amount | null): boolean =>
  value === null || (compareAmounts(value, MOST) < 0 && compareAmounts(value, LEAST) > 0);

function hasPossibleSums(report: ShiftReport): boolean {
  const { cells, before = [], moves, tenders, unsettled, late, takenUp = [] } = report;
  const { afterPaper, opening } = report;
  const sums = [
    report.bonus,
    report.points,
    ...tenders.flatMap(({ tender: _, ...row }) => Object.values(row)),
    ...(opening === undefined ? [] : [opening.counted, opening.uncounted]),
    ...moves.map(({ amount: moved }) => moved),
    ...[...cells, ...before, ...unsettled, ...late, ...takenUp, ...afterPaper].flatMap(
      ({ principal, bonus, points }) => [principal, bonus, points],
    ),
  ];
  return sums.every(isPossible);
}

function isDay(day: string): boolean {
  const ms = Date.parse(`${day}T00:00:00Z`);
  return !Number.isNaN(ms) && new Date(ms).toISOString().slice(0, 10) === day;
}

const isPossibleZ = ({ entries, closedAtMs, businessDay }: ZFacts): boolean =>
  entries <= MOST_ENTRIES && closedAtMs <= LAST_MS && isDay(businessDay);
