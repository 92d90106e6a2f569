import {
  type AppError,
  appError,
  err,
  type MatchAsk,
  type MatchPlan,
  ok,
  type Result,
} from '../../../preload/contract/index.ts';
import type { CallBudget } from '../../hosts/calls/index.ts';
import { loadHostProfile } from '../../hosts/index.ts';
import type { Settings } from '../../kernel/database/settings-repository.ts';
import type { DirectoryRepository } from '../../members/index.ts';
import type { MoneyEntries } from '../money-entries.ts';
import { daysOf } from '../reports/calendar.ts';
import { compareWithLog, type Outcome } from './compare-with-log.ts';
import type { DayMatch } from './day-match.ts';
import { type Job, newJob } from './job.ts';
import { createLogReading, type LogReadingParts } from './log-reading.ts';
import { checkDays, rangesOf } from './question.ts';
import { knowledgeOf, pilesByDay } from './summary.ts';

export interface MatchingParts extends Omit<LogReadingParts, 'onDone'> {
  readonly settings: Settings;
  readonly entries: MoneyEntries;
  readonly directory: Pick<DirectoryRepository, 'byUid'>;
  readonly callBudget: Pick<CallBudget, 'may' | 'left' | 'shown'>;
  readonly storeTimeZone: string;
  readonly today: () => string;
}

/** Compares this till's entries with KYBIO's log, and changes none of them. */
export interface MatchingService {
  start(): void;
  stop(): void;
  plan(ask: MatchAsk): Result<MatchPlan>;
  /** Null resumes what was stopped, for whoever began it. */
  begin(ask: MatchAsk | null, who: string | null): Result<Record<string, never>>;
  /** Stopped by a person; what was read stays stored. */
  halt(): void;
  /** The newest one; `held` says why it waits. */
  now(): { readonly job: Job; readonly held: Job['why'] } | null;
  /** Null before the log was read to its end. */
  outcome(): Promise<Outcome | null>;
  /** The newest result of a day; null where it was never asked about. */
  matchOf(day: string): DayMatch | null;
  /** Resolves once what was read to its end is stored by day. */
  daysStored(): Promise<unknown>;
  hurry(): void;
}

/** KYBIO's page size. */
const PAGE_SIZE = 100;

export function createMatchingService(parts: MatchingParts): MatchingService {
  const { store, settings, entries, directory, callBudget, today, clock, logger, changed } = parts;
  let keeping: Promise<unknown> = Promise.resolve();
  let compared: { readonly of: number; readonly outcome: Promise<Outcome | null> } | null = null;

  const compare = (job: Job): Promise<Outcome | null> => {
    if (compared?.of === job.startedAtMs) return compared.outcome;
    const outcome = compareWithLog(parts, job, store.pages(job));
    const mine = { of: job.startedAtMs, outcome };
    compared = mine;
    // A failed comparison is tried again at the next request.
    outcome.catch(() => {
      if (compared === mine) compared = null;
    });
    return outcome;
  };

  /** Results are stored for the day's report; none for a member. */
  const keepDays = async (job: Job): Promise<void> => {
    const outcome = await compare(job);
    if (outcome === null || job.ask.of !== 'days') return;
    const piles = pilesByDay(outcome.matches, daysOf(job.ask));
    const { askedAtMs, by } = job;
    store.keepDays(new Map([...piles].map(([day, of]) => [day, { askedAtMs, by, piles: of }])));
  };

  const keepDaysOf = (job: Job): void => {
    keeping = keepDays(job)
      .catch((thrown: unknown) => logger.error('matching.not-compared', { error: String(thrown) }))
      .finally(() => changed('matching'));
  };

  /** The program ended between the last page and storing its days. */
  const isUnkept = ({ state, ask, askedAtMs }: Job): boolean =>
    state === 'done' && ask.of === 'days' && store.dayOf(ask.to)?.askedAtMs !== askedAtMs;

  const reading = createLogReading({ ...parts, onDone: keepDaysOf });

  const check = (ask: MatchAsk): AppError | null => {
    if (ask.of === 'member')
      return directory.byUid(ask.customerUid) === null ? appError('member-not-found') : null;
    const days = checkDays(ask, today());
    return days.ok ? null : days.error;
  };

  const callsFor = (ask: MatchAsk): number => {
    if (ask.of === 'member') return 1;
    const pages = Math.floor(entries.count(ask.from, ask.to) / PAGE_SIZE);
    return rangesOf(ask).length + (knowledgeOf(loadHostProfile(settings)) === 'not-seen' ? 0 : pages);
  };

  const plan: MatchingService['plan'] = (ask) => {
    const problem = check(ask);
    if (problem !== null) return err(problem);
    const calls = callsFor(ask);
    const left = callBudget.left('matching');
    return ok({
      calls,
      left,
      kept: callBudget.shown().kept,
      isAffordable: calls <= left,
      log: knowledgeOf(loadHostProfile(settings)),
    });
  };

  const goOn = (): Result<Record<string, never>> => {
    const job = store.load();
    if (job?.state !== 'stopped') return err(appError('match-none'));
    if (!callBudget.may('matching')) return err(tooDear(1, callBudget.left('matching')));
    store.save({ ...job, state: 'reading', why: null });
    reading.goOn();
    return ok({});
  };

  return {
    plan,
    begin: (ask, who) => {
      if (ask === null) return goOn();
      const planned = plan(ask);
      if (!planned.ok) return planned;
      if (!planned.value.isAffordable) return err(tooDear(planned.value.calls, planned.value.left));
      const ranges = ask.of === 'days' ? [...rangesOf(ask)] : [{ since: '', until: '' }];
      // Distinct from the last job also where the clock went back.
      const startedAtMs = Math.max(clock.nowMs(), (store.load()?.startedAtMs ?? 0) + 1);
      reading.leave();
      store.forget();
      store.save(newJob({ ask, by: who, ranges, startedAtMs }));
      reading.goOn();
      return ok({});
    },
    halt: () => {
      const job = store.load();
      if (job?.state !== 'reading') return;
      reading.leave();
      store.save({ ...job, state: 'stopped', why: null });
      changed('matching');
    },
    now: () => {
      const job = store.load();
      return job === null ? null : { job, held: job.state === 'reading' ? reading.held() : null };
    },
    outcome: async () => {
      const job = store.load();
      return job?.state === 'done' ? compare(job) : null;
    },
    matchOf: store.dayOf,
    daysStored: () => keeping,
    start: () => {
      const job = store.load();
      if (job !== null && isUnkept(job)) keepDaysOf(job);
      reading.goOn();
    },
    stop: reading.leave,
    hurry: reading.hurry,
  };
}

const tooDear = (calls: number, left: number): AppError =>
  appError('match-too-dear', { calls: String(calls), left: String(left) });
