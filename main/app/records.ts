import type { Counter } from '../counter/index.ts';
import type { Hosts } from '../hosts/index.ts';
import type { Kernel } from '../kernel/kernel.ts';
import type { Room } from '../kernel/room.ts';
import type { Ledger } from '../ledger/index.ts';
import type { Members } from '../members/index.ts';
import { createMachineWatch, forgetRestored, readRestored } from '../safety/index.ts';
import type { Sending } from '../sending/index.ts';
import { createRecordsAtStart } from './records-at-start.ts';
import { createTillCopies } from './till-copies.ts';
import type { SessionParts } from './world.ts';

export interface RecordsNeeds {
  readonly kernel: Kernel;
  readonly hosts: Hosts;
  readonly ledger: Ledger;
  readonly members: Members;
  readonly sending: Sending;
  readonly counter: Counter;
}

export type Records = ReturnType<typeof createRecords>;

/** Verifies the till's records, and whose they are, before anything uses them. */
export function createRecords({ mode, machine, db }: SessionParts, folder: string, made: RecordsNeeds) {
  const { settings, seals, clock, logger, changed } = made.kernel;
  const { account, link } = made.hosts;
  const { outbox, transitions, keeper, journal, feed, tillIdentity, readIncrement } = made.ledger;
  const { directory, forgottenSends } = made.members;
  const { evidence, checkUps } = made.sending;
  const { policy, ruleBooks } = made.counter;
  const tillCopies = createTillCopies({
    db,
    tillIdentity,
    outbox,
    transitions,
    forgottenSends,
    link,
    logger,
  });
  const isLive = mode === 'live';
  const atStart = createRecordsAtStart({
    db,
    settings,
    seals,
    outbox,
    transitions,
    forgottenSends,
    directory,
    evidence,
    checkUps,
    policy,
    ruleBooks,
    keeper,
    readIncrement,
    journal,
    tillIdentity,
    tillCopies,
    machine: createMachineWatch(machine, journal, tillIdentity, logger),
    restored: isLive ? readRestored(folder) : null,
    forgetRestored: () => (isLive ? forgetRestored(folder) : undefined),
    link,
    clock,
    logger,
    changed,
  });
  const journalRoom: Room = {
    name: 'journal',
    start: () => {
      const interrupted = account.hasKey() ? atStart.recover() : 0;
      if (interrupted > 0) logger.warn('outbox.interrupted', { entries: interrupted });
    },
    stop: () => {
      feed?.stop();
      keeper.close();
    },
    shows: { journalProblem: atStart.problem },
  };
  const accountRoom: Room = {
    name: 'account',
    stop: account.close,
  };
  /** Verifies the rest of the journal in idle time. */
  const auditRoom: Room = {
    name: 'audit',
    start: () => {
      if (account.hasKey()) atStart.start();
    },
    stop: atStart.stop,
  };
  return {
    tillCopies,
    problem: atStart.problem,
    resume: atStart.resume,
    rooms: [journalRoom, accountRoom],
    auditRoom,
  };
}
