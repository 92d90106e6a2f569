import { z } from 'zod';
import { amountSchema } from '../../../preload/contract/index.ts';
import type { HostLogRow } from '../../hosts/port/index.ts';
import { readJson } from '../../kernel/database/read-json.ts';
import type { RunInTransaction } from '../../kernel/database/run-in-transaction.ts';
import type { Settings } from '../../kernel/database/settings-repository.ts';
import { type DayMatch, dayMatchSchema } from './day-match.ts';
import { type Job, jobSchema } from './job.ts';

const JOB = 'matching.job';
const DAYS = 'matching.days';
const pageKey = (page: number): string => `matching.page.${page}`;

const MOST_DAYS = 100;

const text = z.string();
const rowsSchema = z.array(
  z.object({
    uid: text.nullable(),
    customerUid: text.nullable(),
    rechargeMoney: amountSchema,
    giftMoney: amountSchema,
    datetime: text,
    payMethod: text,
    rechargeStoreAccount: text,
    customerMoneyAfterRecharge: amountSchema.nullable(),
    remark: text,
  }),
);

const daysSchema = z.record(z.string(), dayMatchSchema);

/**
 * The newest matching, in sealed settings. It may be lost and is then begun anew: what does not parse reads as absent.
 */
export interface StoredJob {
  load(): Job | null;
  /** Stores the job, and the rows of the page that has just come. */
  save(job: Job, rows?: readonly HostLogRow[]): void;
  /** The rows by page; null where a page is missing or altered. */
  pages(job: Job): readonly (readonly HostLogRow[])[] | null;
  forget(): void;
  dayOf(day: string): DayMatch | null;
  keepDays(days: ReadonlyMap<string, DayMatch>): void;
}

export function createStoredJob(settings: Settings, runInTransaction: RunInTransaction): StoredJob {
  const load = (): Job | null => jobSchema.safeParse(readJson(settings.get(JOB))).data ?? null;
  const days = (): Readonly<Record<string, DayMatch>> =>
    daysSchema.safeParse(readJson(settings.get(DAYS))).data ?? {};
  const forgetPages = (from: number): void => {
    for (let page = from; settings.get(pageKey(page)) !== null; page += 1) settings.remove(pageKey(page));
  };
  return {
    load,
    save: (job, rows) =>
      runInTransaction(() => {
        // A job that starts over leaves no pages of its first run.
        forgetPages(rows === undefined ? job.pages : Math.max(0, job.pages - 1));
        if (rows !== undefined) settings.set(pageKey(job.pages - 1), JSON.stringify(rows));
        settings.set(JOB, JSON.stringify(job));
      }),
    pages: (job) => {
      const pages: (readonly HostLogRow[])[] = [];
      for (let page = 0; page < job.pages; page += 1) {
        const parsed = rowsSchema.safeParse(readJson(settings.get(pageKey(page))));
        if (!parsed.success) return null;
        pages.push(parsed.data);
      }
      return pages;
    },
    forget: () =>
      runInTransaction(() => {
        forgetPages(0);
        settings.remove(JOB);
      }),
    dayOf: (day) => days()[day] ?? null,
    keepDays: (found) => {
      const all = Object.entries({ ...days(), ...Object.fromEntries(found) });
      const newest = all.sort(([left], [right]) => left.localeCompare(right)).slice(-MOST_DAYS);
      settings.set(DAYS, JSON.stringify(Object.fromEntries(newest)));
    },
  };
}
