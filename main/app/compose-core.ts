import { createHash } from 'node:crypto';
import { join } from 'node:path';
import type { AppError } from '../../preload/contract/index.ts';
import { anyMayHaveChanged, createEntryChanges } from '../counter/entry-changes.ts';
import { limitsUnder } from '../counter/limits.ts';
import { createPolicyRepository } from '../counter/policy-repository.ts';
import { createRuleRepository } from '../counter/rules/rule-repository.ts';
import { createBusinessDays } from '../day/shifts/business-day.ts';
import type { TillConfig } from '../hosts/config.ts';
import { loadHostProfile } from '../hosts/host/evidence-policy.ts';
import { kybio } from '../hosts/kybio/kybio.ts';
import { createCallDays } from '../hosts/link/call-days.ts';
import { createCallMeter } from '../hosts/link/call-meter-repository.ts';
import { createPurse } from '../hosts/link/kept-purse.ts';
import { createLink } from '../hosts/link/link.ts';
import { paceOf } from '../hosts/link/pace.ts';
import { createReachWatch } from '../hosts/link/reach-watch.ts';
import type { HostAccount, LearntWords, MemberHost } from '../hosts/port/member-host.ts';
import type { PracticeStore } from '../hosts/practice/types.ts';
import type { Db } from '../kernel/database/open.ts';
import { createSeals, noSeals } from '../kernel/database/seals.ts';
import { createSettings, keptInMemory, type Settings } from '../kernel/database/settings-repository.ts';
import { createSharedCommit } from '../kernel/database/shared-commit.ts';
import { createTogether } from '../kernel/database/together.ts';
import { liveFolder, practiceFolder } from '../kernel/folders.ts';
import type { Patience } from '../kernel/patience.ts';
import type {
  Clock,
  CustomerScreen,
  FilePicker,
  FileSaver,
  FolderPicker,
  Logger,
  LoopClock,
  Network,
  Random,
  ReceiptCanvas,
  SavePlace,
} from '../kernel/ports.ts';
import type { Progress } from '../kernel/progress.ts';
import type { Changed } from '../kernel/room.ts';
import { storeDay } from '../kernel/store-time.ts';
import { createClosedInstallations } from '../ledger/closed-repository.ts';
import { createJournalFeed } from '../ledger/journal/feed.ts';
import { createHeadSlots } from '../ledger/journal/head.ts';
import { createJournalRepository } from '../ledger/journal/journal-repository.ts';
import { createTillIdentity } from '../ledger/journal/till-identity-repository.ts';
import { createJournalKeeper, keyLostKeeper } from '../ledger/journal-keeper.ts';
import { createNumbersSeen } from '../ledger/number-twice-repository.ts';
import { createOutboxRepository } from '../ledger/outbox-repository.ts';
import { createRecorder, keyLostRecorder } from '../ledger/recorder.ts';
import { createReplace } from '../ledger/replace.ts';
import { createTenderChanges } from '../ledger/shown/tender-changes.ts';
import { createTransitionsRepository } from '../ledger/transitions-repository.ts';
import type { OutboxIdentity } from '../ledger/types.ts';
import { withPace } from '../members/call-pace.ts';
import { createDirectoryRepository } from '../members/directory-repository.ts';
import { createMemberReader } from '../members/member-reader.ts';
import { createConfirmedPapers } from '../paper/slips/confirmed-paper.ts';
import type { Vault, VaultSecrets } from '../people/credentials/vault.ts';
import type { Disk } from '../safety/backups/backup-service.ts';
import type { Integrity } from '../safety/integrity/integrity.ts';
import type { Machine } from '../safety/machine/marks.ts';
import type { MachineParts } from '../safety/machine-watch.ts';
import { createBacklog } from '../sending/backlog.ts';
import { testMemberOf } from '../sending/check-up/check-up-repository.ts';
import { lastSpentQuotaMs } from '../sending/check-up/spent-quota.ts';
import { createDoubtRepository } from '../sending/doubt-repository.ts';
import { createEvidenceRepository } from '../sending/evidence-repository.ts';
import { createForgottenSends, withoutBaselinesWhile } from '../sending/forgotten-sends.ts';
import { callsAtFirst, countingForEntries, createInTurn } from '../sending/in-turn.ts';
import { createLooksBefore } from '../sending/looks-before.ts';
import { createOddSums } from '../sending/odd-sums.ts';
import { createSecondCheck } from '../sending/second-check.ts';
import { createUnreadableMembers } from '../sending/unreadable-members.ts';
import type { TillUse } from '../updates/till-use.ts';
import type { Updates } from '../updates/updates.ts';
import type { Account } from './account.ts';
import { tellOfRows, topicsOfAnyEntry } from './journal-topics.ts';
import type { Session } from './session.ts';
import type { PlaceProblem } from './support/data-place.ts';
import { createTillCopies } from './till-copies.ts';

/** What every part of the program needs from outside. */
export interface World {
  readonly folder: string;
  /** Outside `folder`: the journal's head is copied there, so that a folder put back is noticed. */
  readonly headCopyFolder: string;
  readonly clock: LoopClock;
  readonly random: Random;
  readonly logger: Logger & { hide?(secret: string): void };
  readonly vault: Vault;
  /** Which machine this is; not asked where absent. */
  readonly machine?: Machine;
  /** The way out of this computer; straight, and the runtime's own authorities, where absent. */
  readonly network?: Network;
  /** How to reach KYBIO; the real wire where absent. The simulator brings its own. */
  readonly connect?: (
    account: HostAccount,
    clock?: Clock,
    learnt?: () => readonly LearntWords[],
  ) => MemberHost;
  /** The records are being put into the order that this program wants, and have come so far. False: that is given up. */
  readonly onOpening?: (progress: Progress) => boolean;
  /** The data of the till that is open is damaged: it is to be closed. `problem` is null once it is. */
  readonly onDamaged?: (problem: () => AppError | null) => void;
  /** How the live till's records are backed up; they are not where absent. */
  readonly backups?: BackupWorld;
  /** What draws receipts and saves them; only what a printer has letters for is printed where absent. */
  readonly receipts?: ReceiptWorld;
  /** Where exports go, and the file of the thread that writes them; there are none where absent. */
  readonly exports?: ExportWorld;
  /** Chooses the files of Z reports; nothing is imported where absent. */
  readonly reportPicker?: FilePicker;
  /** Chooses another till's file of members; none is taken where absent. */
  readonly membersPicker?: FilePicker;
  /** The program's way to its next version; absent where it has none. */
  readonly updates?: Updates;
  /** Hears what an open till is about; absent where nobody asks. */
  readonly use?: TillUse;
  /** What is wrong with the place of `folder`; null or absent where nothing is to be seen. */
  readonly place?: PlaceProblem | null;
  /** The customer's display; there is none where absent. */
  readonly customerScreen?: CustomerScreen;
  /** Says which topics of the till may be other than they were. */
  readonly changed: Changed;
  /** What checking a PIN costs (scrypt's N), lower only in tests. */
  readonly pinCost?: number;
}

/** What receipts need from outside. */
export interface ReceiptWorld {
  readonly canvas: ReceiptCanvas;
  readonly saver: FileSaver;
}

/** What exports in the window need from outside. */
export interface ExportWorld {
  readonly place: SavePlace;
  readonly recordsWorker: string;
}

/** What backups need from outside. */
export interface BackupWorld {
  readonly folder: string;
  readonly integrity: Integrity;
  readonly disk: Disk;
  readonly picker: FolderPicker;
  /** For a second place, and whatever folder a person chooses. */
  readonly patience: Patience;
}

/** No secrets: they guard made-up money on this machine only. */
export function practiceSecrets(appKey: string): VaultSecrets {
  const madeUp = createHash('sha256').update(appKey).digest();
  return { appKey, pinPepper: madeUp, journalKey: madeUp };
}

/** What a session is made of that differs between the live till and the practice store. */
export interface SessionParts {
  readonly mode: Session['mode'];
  readonly db: Db;
  readonly settings: Settings;
  readonly config: TillConfig;
  readonly account: Account;
  readonly accountHost: string;
  readonly practice: PracticeStore | null;
  readonly secrets: VaultSecrets | null;
  readonly vault: Vault | null;
  readonly machine: MachineParts;
}

/** Without its key the journal can neither be written nor followed: then nothing is added or sent. */
function composeJournal(world: World, { db, secrets, mode }: SessionParts, onRepaired: () => void) {
  if (secrets === null) return { journal: null, recorder: keyLostRecorder, keeper: keyLostKeeper };
  const key = secrets.journalKey;
  const journal = createJournalRepository(db, key, world.clock);
  const recorder = createRecorder(db, journal, world.random);
  const slots = createHeadSlots(
    mode === 'live' ? liveFolder(world.folder) : practiceFolder(world.folder),
    key,
  );
  const copy = createHeadSlots(join(world.headCopyFolder, mode), key);
  const keeper = createJournalKeeper({
    db,
    journal,
    recorder,
    slots,
    copy,
    onRepaired,
    readIncrement: kybio.readIncrement,
    ...world,
  });
  return { journal, recorder, keeper };
}

/** The repositories, the link and the one door for reads: what all services share. */
export function composeCore(world: World, parts: SessionParts) {
  const { clock, random, logger, changed } = world;
  const { db, config, account } = parts;
  const { storeTimeZone } = config;
  const seals = parts.secrets === null ? noSeals : createSeals(db, parts.secrets.journalKey);
  const settings = parts.secrets === null ? keptInMemory(createSettings(db)) : createSettings(db, seals);
  const identity: OutboxIdentity = {
    ...config,
    till: config.tillName,
    accountHost: parts.accountHost,
    accountAppId: config.appId,
  };
  // No row of the journal tells of a repair: what was read of the tables before is read anew.
  const { journal, recorder, keeper } = composeJournal(world, parts, () => {
    outbox.readAnew();
    changed(...topicsOfAnyEntry);
  });
  const outbox = createOutboxRepository(db, identity, clock, random, recorder);
  const tillIdentity = createTillIdentity(db, journal, random);
  const feed = journal === null ? null : createJournalFeed({ db, journal, settings, clock, logger });
  feed?.subscribe((rows) => tellOfRows(rows, changed));
  const changedSince = journal === null ? anyMayHaveChanged : createEntryChanges(db, keeper.repaired);
  const transitions = createTransitionsRepository(db, outbox, clock, recorder);
  const tenderChanges = createTenderChanges({ db, outbox, clock, recorder });
  const replace = createReplace(db, outbox, transitions);
  const together = createTogether(db);
  const members = createDirectoryRepository(db, seals, changed);
  const forgottenSends = createForgottenSends({ settings, directory: members, together, clock, logger });
  const directory = withoutBaselinesWhile(forgottenSends, members);
  const meter = countingForEntries(
    withPace(createCallMeter(db, clock, storeTimeZone, seals, changed), clock),
  );
  const presentKey = () => account.signer()?.keyFingerprint ?? null;
  const link = createLink(settings, clock, random, logger, presentKey);
  const inTurn = createInTurn({
    pace: paceOf(config),
    meter,
    link,
    clock,
    changed,
    callsAtFirst: () => callsAtFirst(loadHostProfile(settings)),
  });
  const today = () => storeDay(clock.nowMs(), storeTimeZone);
  const shared = {
    clock,
    random,
    logger,
    changed,
    settings,
    identity,
    outbox,
    changedSince,
    transitions,
    tenderChanges,
    replace,
    together,
    sharedCommit: createSharedCommit(db, clock),
    directory,
    forgottenSends,
    meter,
    link,
    inTurn,
    today,
    keeper,
    journal,
    tillIdentity,
    feed,
    recorder,
    seals,
  };
  const { signer, hasKey: canCall } = account;
  const reach = createReachWatch({ clock, changed });
  const client = reach.watch(account.client);
  const closed = createClosedInstallations({
    ...shared,
    db,
    storeTimeZone,
    isTestMember: (customerUid) => testMemberOf(settings) === customerUid,
  });
  const reader = createMemberReader({ ...shared, closed, client });
  const isToday = (unixMs: number) => storeDay(unixMs, storeTimeZone) === today();
  const tryWrite = () => {
    settings.set('disk.tried', String(clock.nowMs()));
    keeper.coverNow();
  };
  const policy = createPolicyRepository({ db, settings, journal, currency: config.currency });
  const businessDays = createBusinessDays(storeTimeZone, () => policy.current().businessDayEndsAtMinute);
  const shownDay = () => businessDays.shown(clock.nowMs());
  const ruleBooks = createRuleRepository({ db, settings, journal, random });
  const purse = createPurse({
    ...shared,
    policy: policy.current,
    numbering: config,
    days: createCallDays(db, clock, today),
    isFree: parts.mode === 'practice',
    waiting: () => outbox.waiting().entries,
  });
  const limits = limitsUnder(config.currency, policy.current);
  return {
    ...shared,
    tillCopies: createTillCopies({ ...shared, db }),
    numbersSeen: createNumbersSeen({ ...shared, db, numbering: config }),
    protocol: kybio,
    client,
    closed,
    signer,
    canCall,
    reach,
    reader,
    isToday,
    tryWrite,
    policy,
    businessDays,
    shownDay,
    ruleBooks,
    purse,
    limits,
  };
}

export type Core = ReturnType<typeof composeCore>;

/** What is known of sends and members, and the looks at them before and after a send. */
export function composeLooking(core: Core, db: Db, storeTimeZone: string) {
  const evidence = createEvidenceRepository(db, core.seals);
  const doubts = createDoubtRepository(db, core.random, core.seals, core.changed);
  const unreadableMembers = createUnreadableMembers(core.link, core.clock);
  const looks = createLooksBefore({ ...core, evidence, doubts, unreadableMembers, storeTimeZone });
  const oddSums = createOddSums(db, core.journal);
  const secondCheck = createSecondCheck({ ...core, evidence, doubts, oddSums });
  const confirmedPapers = createConfirmedPapers({ ...core, evidence, doubts });
  const backlog = createBacklog({
    ...core,
    candidates: core.outbox.candidates,
    quotaToldAtMs: () => lastSpentQuotaMs(core.settings),
    dayOf: (unixMs) => storeDay(unixMs, storeTimeZone),
  });
  return { evidence, doubts, oddSums, unreadableMembers, looks, backlog, secondCheck, confirmedPapers };
}
