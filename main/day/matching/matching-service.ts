import {
  type AppError,
  appError,
  err,
  type MatchAsk,
  type MatchPlan,
  ok,
  type Result,
} from '../../../preload/contract/index.ts';
import type { Purse } from '../../hosts/calls/index.ts';
import { loadHostProfile } from '../../hosts/index.ts';
import type { Settings } from '../../kernel/database/settings-repository.ts';
import type { Clock, Logger } from '../../kernel/ports.ts';
import type { Changed } from '../../kernel/room.ts';
import type { DirectoryRepository } from '../../members/index.ts';
import type { MoneyEntries } from '../money-entries.ts';
import { compareWithLog, type Outcome } from './compare-with-log.ts';
import type { DayMatch } from './day-match.ts';
import { type Job, newJob } from './job.ts';
import type { KeptJob } from './kept-job.ts';
import { createLogReading, type LogReadingParts } from './log-reading.ts';
import { checkDays, dayAfter, rangesOf } from './question.ts';
import { knowledgeOf, pilesByDay } from './summary.ts';

export interface MatchingParts extends Omit<LogReadingParts, 'onDone'> {
  readonly kept: KeptJob;
  readonly settings: Settings;
  readonly entries: MoneyEntries;
  readonly directory: Pick<DirectoryRepository, 'byUid'>;
  readonly purse: Pick<Purse, 'may' | 'left' | 'shown'>;
  readonly account: string;
  readonly storeTimeZone: string;
  readonly today: () => string;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly changed: Changed<'matching'>;
}

/** Holds this till's entries against KYBIO's log. It tells, and changes none of them. */
export interface MatchingService {
  start(): void;
  stop(): void;
  plan(ask: MatchAsk): Result<MatchPlan>;
  /** Null goes on with what was stopped, for whoever began it. */
  begin(ask: MatchAsk | null, who: string | null): Result<Record<string, never>>;
  /** A person stops it; what was read is kept. */
  halt(): void;
  /** The newest one; `held` says why it waits, where it does. */
  now(): { readonly job: Job; readonly held: Job['why'] } | null;
  /** What the log was compared to; null before it was read to its end. */
  outcome(): Promise<Outcome | null>;
  /** The newest result for a day; null where it was never asked about. */
  matchOf(day: string): DayMatch | null;
  /** Resolves once what has been read to its end is kept by days. */
  daysKept(): Promise<unknown>;
  hurry(): void;
}

/** KYBIO's pages. */
const PAGE_SIZE = 100;

export function createMatchingService(parts: MatchingParts): MatchingService {
  const { kept, settings, entries, directory, purse, account, today, clock, logger, changed } = parts;
  let keeping: Promise<unknown> = Promise.resolve();
  let compared: { readonly of: number; readonly outcome: Promise<Outcome | null> } | null = null;

  const compare = (job: Job): Promise<Outcome | null> => {
    if (compared?.of === job.startedAtMs) return compared.outcome;
    const outcome = compareWithLog(parts, job, kept.pages(job));
    const mine = { of: job.startedAtMs, outcome };
    compared = mine;
    // What failed is tried anew by whoever asks again.
    outcome.catch(() => {
      if (compared === mine) compared = null;
    });
    return outcome;
  };

  /** What the day's report shows is kept; of a member nothing is. */
  const keepDays = async (job: Job): Promise<void> => {
    const outcome = await compare(job);
    if (outcome === null || job.ask.of !== 'days') return;
    const piles = pilesByDay(outcome.matches, daysOf(job.ask));
    const { askedAtMs, by } = job;
    kept.keepDays(new Map([...piles].map(([day, of]) => [day, { askedAtMs, by, piles: of }])));
  };

  const keepDaysOf = (job: Job): void => {
    keeping = keepDays(job)
      .catch((thrown: unknown) => logger.error('matching.not-compared', { error: String(thrown) }))
      .finally(() => changed('matching'));
  };

  /** The program ended between the last page and the days that it told of. */
  const isUnkept = ({ state, ask, askedAtMs }: Job): boolean =>
    state === 'done' && ask.of === 'days' && kept.dayOf(ask.to)?.askedAtMs !== askedAtMs;

  const reading = createLogReading({
    ...parts,
    onDone: keepDaysOf,
  });

  const check = (ask: MatchAsk): AppError | null => {
    if (ask.of === 'member')
      return directory.byUid(ask.customerUid) === null ? appError('member-not-found') : null;
    const days = checkDays(ask, today());
    return days.ok ? null : days.error;
  };

  const left = (): number => purse.left('matching');

  const callsFor = (ask: MatchAsk): number => {
    if (ask.of === 'member') return 1;
    const pages = Math.floor(entries.count(ask.from, ask.to) / PAGE_SIZE);
    return rangesOf(ask).length + (knowledgeOf(loadHostProfile(settings)) === 'not-seen' ? 0 : pages);
  };

  const plan: MatchingService['plan'] = (ask) => {
    const problem = check(ask);
    if (problem !== null) return err(problem);
    const calls = callsFor(ask);
    return ok({
      calls,
      left: left(),
      kept: purse.shown().needed,
      isAffordable: calls <= left(),
      log: knowledgeOf(loadHostProfile(settings)),
    });
  };

  const goOn = (): Result<Record<string, never>> => {
    const job = kept.load();
    if (job?.state !== 'stopped') return err(appError('match-none'));
    if (!purse.may('matching')) return err(tooDear(1, left()));
    kept.save({ ...job, state: 'reading', why: null });
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
      // Tells it from the one before also where the clock went back to that one's moment.
      const startedAtMs = Math.max(clock.nowMs(), (kept.load()?.startedAtMs ?? 0) + 1);
      reading.leave();
      kept.forget();
      kept.save(newJob({ account, ask, by: who, ranges, startedAtMs }));
      reading.goOn();
      return ok({});
    },
    halt: () => {
      const job = kept.load();
      if (job?.state !== 'reading') return;
      reading.leave();
      kept.save({ ...job, state: 'stopped', why: null });
      changed('matching');
    },
    now: () => {
      const job = kept.load();
      return job === null ? null : { job, held: job.state === 'reading' ? reading.held() : null };
    },
    outcome: async () => {
      const job = kept.load();
      return job?.state === 'done' ? compare(job) : null;
    },
    matchOf: kept.dayOf,
    daysKept: () => keeping,
    start: () => {
      const job = kept.load();
      if (job !== null && isUnkept(job)) keepDaysOf(job);
      reading.goOn();
    },
    stop: reading.leave,
    hurry: reading.hurry,
  };
}

const tooDear = (calls: number, left: number): AppError =>
  appError('match-too-dear', { calls: String(calls), left: String(left) });

const daysOf = ({ from, to }: Extract<MatchAsk, { of: 'days' }>): readonly string[] => {
  const days: string[] = [];
  for (let day = from; day <= to; day = dayAfter(day, 1)) days.push(day);
  return days;
};
