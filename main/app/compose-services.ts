import { join } from 'node:path';
import { amount, currencyDecimals } from '../../preload/contract/index.ts';
import { createOfflineWindowService } from '../counter/offline-window-service.ts';
import { createReviewService } from '../counter/review-service.ts';
import { createBonusHad } from '../counter/rules/bonus-had-repository.ts';
import { createClockBackWatch } from '../counter/rules/clock-back-repository.ts';
import { createCollisionRepository } from '../counter/rules/collision-repository.ts';
import { createCollisionWatch } from '../counter/rules/collision-watch.ts';
import { createNewestDay } from '../counter/rules/newest-day-repository.ts';
import { createRuleService } from '../counter/rules/rule-service.ts';
import { createTenderChange } from '../counter/tender-change.ts';
import { createTopUpService } from '../counter/top-up-service.ts';
import { createWaitingRepository } from '../counter/waiting-repository.ts';
import { loadEvidencePolicy, loadHostProfile } from '../hosts/host/evidence-policy.ts';
import { createCallCountService } from '../hosts/link/call-count-service.ts';
import { type Pace, paceOf, roundMs } from '../hosts/link/pace.ts';
import { mayBeRounded } from '../hosts/port/member-id.ts';
import { actorText } from '../kernel/actor.ts';
import type { Db } from '../kernel/database/open.ts';
import { createTogether } from '../kernel/database/together.ts';
import { databaseFile, liveFolder } from '../kernel/folders.ts';
import { createAcknowledge } from '../ledger/acknowledge.ts';
import { shownEntries } from '../ledger/shown/shown-entry.ts';
import { createTakeUp } from '../ledger/take-up-repository.ts';
import { createDirectoryFillService } from '../members/directory-fill-service.ts';
import { createLookUpService } from '../members/look-up-service.ts';
import { createMemberRetentionService } from '../members/member-retention-service.ts';
import { createHeldBefore } from '../paper/slips/held-before.ts';
import { createSlipsService } from '../paper/slips/slips-service.ts';
import { createAppKeyCheck } from '../people/credentials/app-key-check.ts';
import { createManagerPin } from '../people/credentials/manager-pin.ts';
import { createPinRepository } from '../people/credentials/pin-repository.ts';
import { createUnlocking } from '../people/credentials/unlocking.ts';
import { VAULT_FILE } from '../people/credentials/vault.ts';
import { backupFailure } from '../safety/backups/backup-failure.ts';
import { createBackupService } from '../safety/backups/backup-service.ts';
import {
  BLACK_BOX_FILE,
  folderAt,
  loadPlace,
  type PlaceWriter,
  placeProblem,
} from '../safety/backups/second-place.ts';
import { createSecondPlaceService } from '../safety/backups/second-place-service.ts';
import { type BlackBoxPlace, createBlackBoxService } from '../safety/black-box/black-box-service.ts';
import { createIntegrityWatchService } from '../safety/integrity/integrity-watch-service.ts';
import { createMachineWatch } from '../safety/machine-watch.ts';
import { forgetRestored, readRestored } from '../safety/restored.ts';
import type { CheckUpRepository } from '../sending/check-up/check-up-repository.ts';
import { createCheckUpRepository } from '../sending/check-up/check-up-repository.ts';
import { createCheckUpService } from '../sending/check-up/check-up-service.ts';
import { noteSpentQuota } from '../sending/check-up/spent-quota.ts';
import { createDetectiveService, type Detective } from '../sending/detective-service.ts';
import type { DoubtRepository } from '../sending/doubts.ts';
import { learnRefusals } from '../sending/learn-refusals.ts';
import { createSyncLoopService } from '../sending/sync-loop.ts';
import { type Core, composeCore, composeLooking, type SessionParts, type World } from './compose-core.ts';
import { composeDrill } from './compose-drill.ts';
import { composeMatching } from './compose-matching.ts';
import { composePeople } from './compose-people.ts';
import { composeShifts } from './compose-shifts.ts';
import { createRecordsAtStart } from './records-at-start.ts';

/** The check-up of the host; `wakeQueue` goes to the loop, which may rely on what was learnt. */
export function composeCheckUp(
  core: Core,
  of: SessionParts,
  repository: CheckUpRepository,
  wakeQueue: () => void,
) {
  const { config, account } = of;
  return createCheckUpService({
    ...core,
    repository,
    wakeQueue,
    otherClient: account.otherClient,
    appId: config.appId,
    storeTimeZone: config.storeTimeZone,
    numbering: config,
    unit: amount(currencyDecimals(config.currency) === 0 ? '1' : '0.01'),
    policy: () => loadEvidencePolicy(core.settings, core.clock),
  });
}

/** What the offline policy needs to know: what waits, for how long, and whether the way is open. */
export function composeOffline(db: Db, core: Core) {
  const { link, policy, journal } = core;
  const waiting = createWaitingRepository(db);
  const isOnline = () => link.state.reach === 'online' && link.state.pauses.length === 0;
  const offline = createOfflineWindowService({
    ...core,
    isBlocked: () => !isOnline() && waiting.anyUnsent(),
    longestMs: () => policy.current().offlineWindowMs,
    journaled: (write, who, content) =>
      db
        .transaction(() => {
          write();
          journal?.append({
            event: 'setting',
            actor: actorText(who),
            reason: 'offline window continued',
            content,
          });
        })
        .immediate(),
  });
  return { waiting, offline, isOnline };
}

/** Who writes into the second place, and finds out whether a copy of this till does. */
const placeWriter = ({ config }: SessionParts, core: Core): PlaceWriter => ({
  ...core,
  tillName: config.tillName,
  meet: (met) => core.tillCopies.meet(met, 'place'),
});

/** Made-up money needs no backup. */
function composeBackups({ folder, backups, ...world }: World, parts: SessionParts, core: Core) {
  if (backups === undefined || parts.mode === 'practice') return null;
  const second = createSecondPlaceService({
    ...core,
    ...world,
    ...backups,
    writer: placeWriter(parts, core),
    onChange: () => world.changed('backupProblem'),
  });
  return createBackupService({
    ...core,
    ...world,
    ...backups,
    db: parts.db,
    second,
    databaseFile: databaseFile(liveFolder(folder)),
    vaultFile: join(liveFolder(folder), VAULT_FILE),
    journalKey: parts.secrets?.journalKey ?? null,
  });
}

/** Where nobody looks at files as a whole, and of made-up money, nothing is looked at. */
function composeIntegrityWatch({ folder, backups, ...world }: World, parts: SessionParts, core: Core) {
  if (backups === undefined || parts.mode === 'practice') return null;
  const { settings, link } = core;
  return createIntegrityWatchService({
    ...world,
    settings,
    link,
    integrity: backups.integrity,
    file: databaseFile(liveFolder(folder)),
    journalKey: parts.secrets?.journalKey ?? null,
  });
}

/** In the second place, beside the backups: where there is one, each row of the journal goes there too. */
function composeBlackBox({ backups, ...world }: World, parts: SessionParts, core: Core) {
  const { mode, db } = parts;
  const { journal, feed, settings } = core;
  if (backups === undefined || mode === 'practice' || journal === null || feed === null) return null;
  const place = (): BlackBoxPlace | null => {
    const chosen = loadPlace(settings);
    if (chosen === null) return null;
    const file = join(folderAt(chosen), BLACK_BOX_FILE);
    return { ...chosen, file, problem: () => placeProblem(chosen, placeWriter(parts, core)) };
  };
  const { patience } = backups;
  return createBlackBoxService({
    ...world,
    db,
    settings,
    journal,
    feed,
    place,
    patience,
    failure: backupFailure,
  });
}

/** A tenth of what a chain may call, however many of its tills fill their directories at once. */
const betweenPagesMs = (pace: Pace | null): number => Math.max(2_000, pace === null ? 0 : roundMs(pace) * 10);

/** The till's own PIN, and the stretch of work that it or a manager's begins. */
function composeManager({ pinCost }: World, { db, secrets }: SessionParts, core: Core) {
  const managerPin = createManagerPin({
    ...core,
    store: createPinRepository({ ...core, db }),
    pepper: () => secrets?.pinPepper ?? null,
    ...(pinCost === undefined ? {} : { cost: pinCost }),
  });
  const unlocking = createUnlocking({
    ...core,
    managerPin,
    stretchMs: () => core.policy.current().managerUnlockedMs,
  });
  return { managerPin, unlocking };
}

/** Members served at once; more would only meet KYBIO's own limits. */
const PARALLEL = 4;

/** What the shop gives, the clock that its days go by, and what was perhaps given elsewhere as well. */
function composeRules({ db, config }: SessionParts, core: Core, doubts: DoubtRepository) {
  const { ruleBooks, limits, inTurn } = core;
  const { storeTimeZone } = config;
  const clockBack = createClockBackWatch({ ...core, db, storeTimeZone, book: ruleBooks.current });
  const collisions = createCollisionRepository({ ...core, db, storeTimeZone });
  const { afterLastReply } = doubts;
  const isBehindEntries = () => inTurn.heldForMs() !== null;
  return {
    clockBack,
    collisions,
    collisionWatch: createCollisionWatch({ ...core, collisions, afterLastReply, isBehindEntries }),
    rules: createRuleService({
      ...core,
      repository: ruleBooks,
      clockBack,
      bounds: limits,
      bonusHad: createBonusHad({ ...core, db }),
      newestDay: createNewestDay(db),
    }),
  };
}

/** The codes of receipts, and what they rebuild. */
function composeSlips(
  { config, account, accountHost, mode, db }: SessionParts,
  core: Core,
  { evidence, confirmedPapers }: Pick<ReturnType<typeof composeLooking>, 'evidence' | 'confirmedPapers'>,
  detective: Detective,
) {
  const { appId, tillName } = config;
  const together = createTogether(db);
  return createSlipsService({
    ...core,
    evidence,
    together,
    account: { host: accountHost, appId },
    isPractice: mode === 'practice',
    tillName,
    ofKey: account.ofKey,
    takeUp: createTakeUp({ ...core, db }),
    confirmedPapers,
    heldBefore: createHeldBefore({ ...core, evidence }),
    meet: (met) => core.tillCopies.meet(met, 'paper'),
    see: core.numbersSeen.see,
    memberOf: core.directory.byUid,
    mayStillArrive: (entryId) => {
      detective.ended(entryId);
      const taken = core.outbox.byId(entryId);
      // Before a look-up of the member takes it away.
      if (taken !== null) evidence.keepBeside(taken, core.directory.baseline(taken.customerUid));
    },
  });
}

/** Everything that works on one till; the rooms stand on it. */
export function composeServices(world: World, parts: SessionParts) {
  const { config, account, mode } = parts;
  const core = composeCore(world, parts);
  const { link, outbox, meter, purse, limits, today } = core;
  const { storeTimeZone } = config;
  const looking = composeLooking(core, parts.db, storeTimeZone);
  const { evidence, doubts, looks } = looking;
  const detective = createDetectiveService({ ...core, evidence, storeTimeZone });
  const loop = createSyncLoopService({ ...core, ...looking, detective, parallel: PARALLEL });
  const backups = composeBackups(world, parts, core);
  const pauseMs = mode === 'practice' ? 50 : betweenPagesMs(paceOf(config));
  const directoryFill = createDirectoryFillService({
    ...core,
    pauseMs,
    startsInMs: core.inTurn.firstInMs,
    isBehindEntries: () => core.inTurn.heldForMs() !== null,
    hasRoom: () => backups?.state().disk !== 'full',
  });
  const callCount = createCallCountService({
    ...core,
    storeTimeZone,
    numbering: config,
    isTold: () => loadHostProfile(core.settings).callCountTold === true,
  });
  const retention = createMemberRetentionService({
    ...core,
    keptMs: () => core.policy.current().memberKeptMs,
  });
  const acknowledge = createAcknowledge(parts.db, outbox, world.clock, core.recorder);
  const lookUp = createLookUpService({
    ...core,
    freshMs: () => core.policy.current().memberFreshMs,
    shownEntries: () => shownEntries(outbox, storeTimeZone),
  });
  const checkUps = createCheckUpRepository(parts.db, core.settings, core.journal, core.changed);
  const checkUp = composeCheckUp(core, parts, checkUps, loop.wake);
  noteSpentQuota(link, core.settings, world.logger, core.changed);
  learnRefusals(link, core.settings, world.clock, world.logger);
  const isCheckedUp = checkUp.holds;
  const review = createReviewService({ ...core, ...looking, detective, isCheckedUp });
  const { offline, ...blocked } = composeOffline(parts.db, core);
  const manager = composeManager(world, parts, core);
  const who = composePeople(world, core, parts, manager);
  const shopRules = composeRules(parts, core, doubts);
  const shifts = composeShifts(parts, core);
  const topUps = createTopUpService({
    ...core,
    ...who,
    ...shopRules,
    ...blocked,
    offline,
    isCheckedUp,
    wasHandedOut: shifts.quiet.wasHandedOut,
    isIdInexact: (customerUid) =>
      loadHostProfile(core.settings).idsExact === false && mayBeRounded(customerUid),
  });
  const tenderChange = createTenderChange({ ...core, ...who, shifts: shifts.service });
  const machine = createMachineWatch(parts.machine, core.journal, core.tillIdentity, world.logger);
  const folder = mode === 'live' ? liveFolder(world.folder) : null;
  const recordsAtStart = createRecordsAtStart({
    ...core,
    db: parts.db,
    checkUps,
    machine,
    evidence,
    restored: folder === null ? null : readRestored(folder),
    forgetRestored: () => (folder === null ? undefined : forgetRestored(folder)),
  });
  const checkAppKey = createAppKeyCheck(account.isKey, world.clock);
  return {
    limits,
    purse,
    account,
    outbox,
    directory: core.directory,
    directoryFill,
    checkAppKey,
    lookUp,
    transitions: core.transitions,
    topUps,
    acknowledge,
    review,
    ...manager,
    ...who,
    meter,
    link,
    loop,
    looks,
    backlog: looking.backlog,
    doubts,
    oddSums: looking.oddSums,
    practice: parts.practice,
    today,
    policy: core.policy,
    offline,
    checkUp,
    reach: core.reach,
    recordsAtStart,
    core,
    resume: recordsAtStart.resume,
    backups,
    retention,
    callCount,
    integrityWatch: composeIntegrityWatch(world, parts, core),
    blackBox: composeBlackBox(world, parts, core),
    ...shopRules,
    ruleBooks: core.ruleBooks,
    slips: composeSlips(parts, core, looking, detective),
    shifts,
    tenderChange,
    drill: composeDrill(world, parts, core),
    matching: composeMatching(parts, core, loop, pauseMs),
  };
}

export type Services = ReturnType<typeof composeServices>;
