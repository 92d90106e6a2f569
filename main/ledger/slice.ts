import type { TillConfig } from '../hosts/index.ts';
import type { HostProtocol } from '../hosts/port/index.ts';
import type { Kernel } from '../kernel/kernel.ts';
import { createAcknowledge } from './acknowledge.ts';
import { createErasedMembers } from './erased-members.ts';
import { incrementsOf } from './fold.ts';
import { createImportEntry } from './import-repository.ts';
import { createJournalFeed } from './journal/feed.ts';
import { createHeadSlots } from './journal/head.ts';
import { createJournalRepository } from './journal/journal-repository.ts';
import { createTillIdentity } from './journal/till-identity-repository.ts';
import { createJournalKeeper, keyLostKeeper } from './journal-keeper.ts';
import { createNumbersSeen } from './number-twice-repository.ts';
import { createOutboxRepository } from './outbox-repository.ts';
import { createRecorder, keyLostRecorder } from './recorder.ts';
import { createReplace } from './replace.ts';
import { createTenderChanges } from './shown/tender-changes.ts';
import { createTransitionsRepository } from './transitions-repository.ts';
import type { OutboxIdentity } from './types.ts';

export interface LedgerNeeds {
  readonly kernel: Kernel;
  readonly config: TillConfig;
  readonly accountHost: string;
  /** Null while it is lost: nothing is added or sent then. */
  readonly journalKey: Buffer | null;
  /** Folders of the checkpoint and of its copy. */
  readonly heads: { readonly slots: string; readonly copy: string };
  readonly protocol: Pick<HostProtocol, 'readIncrement'>;
  /** Tables were repaired from the journal: entries must be read again. */
  readonly onRepaired: () => void;
}

export type Ledger = ReturnType<typeof createLedger>;

function createJournal(
  needs: LedgerNeeds,
  readIncrement: HostProtocol['readIncrement'],
  onRepaired: () => void,
) {
  const { journalKey: key, heads } = needs;
  const { db, clock, random, logger } = needs.kernel;
  if (key === null) return { journal: null, recorder: keyLostRecorder, keeper: keyLostKeeper, erased: null };
  const journal = createJournalRepository(db, key, clock);
  const recorder = createRecorder(db, journal, random);
  const keeper = createJournalKeeper({
    db,
    journal,
    recorder,
    readIncrement,
    slots: createHeadSlots(heads.slots, key),
    copy: createHeadSlots(heads.copy, key),
    clock,
    random,
    logger,
    onRepaired,
  });
  const erased = createErasedMembers(db, journal, key);
  // Like a repair, an erasure changes tables without a row of the entry.
  const repaired = () => keeper.repaired() + erased.times();
  return { journal, recorder, keeper: { ...keeper, repaired }, erased };
}

/** Constructs the journal and the outbox. */
export function createLedger(needs: LedgerNeeds) {
  const { config, accountHost, protocol } = needs;
  const { db, settings, runInTransaction, clock, random, logger, changed } = needs.kernel;
  const readIncrement = incrementsOf(config.appId, protocol.readIncrement);
  const { journal, recorder, keeper, erased } = createJournal(needs, readIncrement, () => {
    outbox.readAnew();
    needs.onRepaired();
  });
  const identity: OutboxIdentity = {
    ...config,
    till: config.tillName,
    accountHost,
    accountAppId: config.appId,
  };
  const outbox = createOutboxRepository(db, identity, clock, random, recorder);
  const transitions = createTransitionsRepository(db, outbox, clock, recorder);
  const tillIdentity = createTillIdentity(db, journal, random);
  return {
    identity,
    readIncrement,
    journal,
    feed: journal === null ? null : createJournalFeed({ db, journal, clock, logger }),
    keeper,
    /** Null while the journal's key is lost. */
    erased,
    outbox,
    transitions,
    tenderChanges: createTenderChanges({ db, clock, recorder }),
    replace: createReplace(db, outbox, transitions),
    acknowledge: createAcknowledge(db, clock, recorder),
    importEntry: createImportEntry({ db, identity, outbox, journal, recorder, clock }),
    tillIdentity,
    numbersSeen: createNumbersSeen({
      db,
      settings,
      journal,
      tillIdentity,
      runInTransaction,
      numbering: config,
      changed,
      logger,
    }),
    /** Commits a small write; throws while the disk is full or read-only. */
    tryWrite: () => {
      settings.set('disk.tried', String(clock.nowMs()));
      keeper.checkpointNow();
    },
  };
}
