import { checkEnd, checkQueued, isThorough, type Violation } from './checks.ts';
import { countUnknowns } from './count-unknowns.ts';
import { disk, ProcessDeath } from './disk.ts';
import { countQuestions, countViolations, type Figures, noFigures } from './figures.ts';
import { happen } from './happenings.ts';
import { harmIn, isCountedWorld } from './harm.ts';
import { prepared } from './prepared.ts';
import type { Scenario } from './scenario.ts';
import { type RunOptions, type Stage, setStage, wordsOf } from './stage.ts';

export interface RunResult {
  readonly figures: Figures;
  readonly violations: readonly Violation[];
  /** What came twice or is missing where that is counted and breaks nothing, and nobody was told of. */
  readonly silent: readonly Violation[];
  readonly faultKinds: ReadonlyMap<string, number>;
}

/** Long enough for every wait in the till to end, twice over. */
const TIMEOUT_MS = 10 * 3_600_000;

const CHECK_QUEUED_MS = 97_000;
const CHECK_DONE_MS = 20_000;

/** All that is to be done now is done; nothing in a run waits for anything outside it. */
const turn = (): Promise<void> => new Promise((resolve) => process.nextTick(resolve));
/** What is only looked at between two rounds of Node's own loop: messages, and what is let go of. */
const breath = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

function everySoOften(stage: Stage, periodMs: number, action: () => void): void {
  stage.time.after(periodMs, () => {
    everySoOften(stage, periodMs, action);
    action();
  });
}

/** Done when nothing is open; not while no process runs. */
const isDone = ({ till }: Stage): boolean =>
  till.peek((db) => {
    const open = "SELECT 1 FROM increment WHERE state IN ('queued', 'sending', 'unknown', 'review') LIMIT 1";
    return prepared(db, open).get() === undefined;
  }) === true;

/** One event; what it throws is the process's death, or something that `main/` should not have let out. */
function stepOn({ time, till, violations }: Stage, untilMs: number): boolean {
  const before = till.session();
  try {
    return time.step(untilMs);
  } catch (thrown) {
    if (!(thrown instanceof ProcessDeath) && till.session() === before)
      violations.push({ what: 'error', words: wordsOf(thrown) });
    return true;
  }
}

async function untilDone(stage: Stage): Promise<boolean> {
  const { time } = stage;
  const endMs = time.now() + TIMEOUT_MS;
  let done = false;
  const look = () => {
    done = isDone(stage);
    if (!done) time.after(CHECK_DONE_MS, look);
  };
  time.after(CHECK_DONE_MS, look);
  while (!done && stepOn(stage, endMs)) await turn();
  return done;
}

/** Presses "Send now" while entries go one at a time. */
function insist({ till, time }: Stage): void {
  const session = till.session();
  if (session === null || time.asleep()) return;
  // The strip says where there is no network: nobody presses then.
  const isOnline = session.hosts.link.state.reach === 'online';
  if (isOnline && session.hosts.link.state.backoff.isOfIncrement) session.sending.loop.hurry();
}

async function play(stage: Stage): Promise<boolean> {
  const { scenario, time, options, till, network, manager, violations, host } = stage;
  const events = scenario.events.filter(({ index }) => options.keep?.has(index) ?? true);
  for (const event of events) time.after(event.atMs, () => happen(stage, event));
  till.startIn(0);
  everySoOften(stage, scenario.managerEveryMs, () => void manager.lookIn());
  if (scenario.insistsEveryMs !== null) everySoOften(stage, scenario.insistsEveryMs, () => insist(stage));
  // Beyond the bounds what is queued again may still arrive; that it is noticed is asked at the end.
  if (!isCountedWorld(scenario.profile))
    everySoOften(stage, CHECK_QUEUED_MS, () =>
      violations.push(...(till.peek((db) => checkQueued(db, host)) ?? [])),
    );
  const lastMs = Math.max(0, ...events.map(({ atMs }) => atMs)) + 1_000;
  while (stepOn(stage, lastMs)) await turn();
  network.faultsOff = true;
  const done = await untilDone(stage);
  return done && isCountedWorld(scenario.profile) ? meetAgain(stage) : done;
}

/** Beyond the bounds doubles happen: the member's next reply must show them. */
async function meetAgain(stage: Stage): Promise<boolean> {
  const { time, host, cashier, scenario } = stage;
  // What is still on its way arrives first.
  const faultlessUntilMs = time.now() + scenario.bounds.longestDelayMs + 60_000;
  while (stepOn(stage, faultlessUntilMs)) await turn();
  const doubled = new Set(
    [...host.applied].filter(([, { times }]) => times > 1).map(([key]) => key.split('|')[0]),
  );
  host.members.forEach((member, index) => {
    if (!doubled.has(member.customerUid)) return;
    const sums = { balance: 12_345, point: 0, lookUp: false, pressedTwice: false };
    void cashier.topUp(100_000 + index, { kind: 'top-up', member: index, ...sums });
  });
  return untilDone(stage);
}

function figuresOf({ till, network, scenario, time, spent }: Stage): Figures {
  const { sends, reads, faults, readFaults } = network.counts;
  const events = scenario.events.filter(({ kind }) => kind !== 'top-up' && kind !== 'crash').length;
  return {
    ...noFigures(),
    ...{ sends, reads, faults, readFaults, events },
    ...{ runs: 1, starts: till.counts.starts, crashes: till.counts.crashes, restores: till.counts.restores },
    virtualHours: time.now() / 3_600_000,
    ...{ spent: spent.entries, brokenHours: spent.hours },
  };
}

/** One seed, one run. Nothing of it depends on the machine or on the time of day. */
export async function runScenario(scenario: Scenario, options: RunOptions): Promise<RunResult> {
  await breath();
  Object.assign(disk, { deathIn: 0, full: false, watching: false });
  const stage = setStage(scenario, options);
  const { till, time, network, cashier, host, violations } = stage;
  const done = await play(stage);
  if (!done)
    violations.push({ what: 'no end', words: `open after ${(time.now() / 3_600_000).toFixed(1)} h` });
  // What was asked last is seen too.
  await stage.manager.lookIn();
  const figures = figuresOf(stage);
  const silent: Violation[] = [];
  till.leave();
  till.inspect((db) => {
    const { profile, crowd, seed } = scenario;
    const awardsAreLogged = scenario.truth.log?.awards === true;
    const { appliedAtReview } = stage.manager;
    const reviewed = countUnknowns(figures, db, { profile, crowd, host, appliedAtReview, awardsAreLogged });
    const { main } = options;
    const { promised } = cashier;
    const { journalKey } = till.secrets;
    const { ids, ...told } = harmIn(db, host, profile);
    silent.push(...told.silent);
    figures.harm[profile] = { ...told, entries: ids.size, silent: told.silent.length };
    const where = { db, main, host, journalKey };
    const end = { ...where, promised, reviewed, harmed: ids, thorough: isThorough(seed) };
    // Beyond the bounds one thing is asked only: is a person told of what came twice?
    if (profile !== 'beyond') violations.push(...checkEnd(end));
    figures.increments = (db.prepare('SELECT COUNT(*) AS n FROM increment').get() as { n: number }).n;
    countQuestions(figures, profile, stage.manager.questions.asked.values(), figures.increments);
  });
  violations.push(...till.problems.map((words): Violation => ({ what: 'error', words })));
  countViolations(figures, violations);
  return { figures, violations, silent, faultKinds: network.byKind };
}
