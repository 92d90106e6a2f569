import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { appError, err, ok, type Result } from '../preload/contract/index.ts';
import { createCheckUpRepository } from './check-up/check-up-repository.ts';
import { noteSpentQuota } from './check-up/told-quota.ts';
import {
  composeCore,
  composeLooking,
  practiceSecrets,
  type SessionParts,
  type World,
} from './compose-core.ts';
import { composeCheckUp, composeOffline } from './compose-services.ts';
import { entryViews } from './counter/entry-view.ts';
import { createReviewService } from './counter/review-service.ts';
import { createTopUpService } from './counter/top-up-service.ts';
import { createAppKeyCheck } from './credentials/app-key-check.ts';
import { createManagerPin } from './credentials/manager-pin.ts';
import { createPinRepository } from './credentials/pin-repository.ts';
import type { VaultSecrets } from './credentials/vault.ts';
import { type Db, openDatabase } from './database/open.ts';
import { createSettings, type Settings } from './database/settings-repository.ts';
import { databaseFile, liveFolder, practiceFolder } from './folders.ts';
import { loadHostProfile } from './host/evidence-policy.ts';
import { learntOf } from './host/host-profile.ts';
import { kybio } from './kybio/kybio.ts';
import { afterTestedKey, afterUndecidedAtStart, withPause } from './link/link-state.ts';
import { createDirectoryFillService, keepDirectoryOf } from './members/directory-fill-service.ts';
import { createLookUpService } from './members/look-up-service.ts';
import { mayBeRounded } from './members/member-id.ts';
import { createAcknowledge } from './outbox/acknowledge.ts';
import { createPracticeStore } from './practice/store.ts';
import type { PracticeStore } from './practice/types.ts';
import { createDetectiveService } from './sync/detective-service.ts';
import { mayChangePlan } from './sync/plan.ts';
import { createSyncLoopService } from './sync/sync-loop.ts';
import { createAccount } from './till/account.ts';
import { readConfig, saveConfig, type TillConfig } from './till/config.ts';
import { createMachineWatch, machineIn, noMachine } from './till/machine-watch.ts';
import type { Session } from './till/session.ts';
import { createSetPlace } from './till/set-place.ts';
import { testConnection } from './till/test-connection.ts';
import { createTrust } from './till/trust.ts';

export { practiceSecrets, type World } from './compose-core.ts';
/** The kind of member host that this program speaks to. */
export { kybio as hostProtocol } from './kybio/kybio.ts';
/** Where the practice database keeps its own made-up key. */
export const PRACTICE_KEY = 'practice.appKey';

/** Members served at once; more would only meet KYBIO's own limits. */
const PARALLEL = 4;

/** After a start the directory or the first look-up mostly tells by itself whether KYBIO is there. */
const ASK_AFTER_MS = 3_000;

export { databaseFile, liveFolder, practiceFolder } from './folders.ts';
export { accountProblem, configureLive, isLiveConfigured } from './live-account.ts';

/** The live till. Its key may be lost: then entries stay, sending pauses, and the key is asked for. */
export function openLiveSession(world: World): Promise<Result<Session | null>> {
  return inFolder(liveFolder(world.folder), async (db, settings, config) => {
    if (config === null) return ok(null);
    const [vaultState, now] = await Promise.all([world.vault.load(), world.machine?.marks() ?? null]);
    const secrets = vaultState.state === 'present' ? vaultState.secrets : null;
    if (secrets !== null) world.logger.hide?.(secrets.appKey);
    if (vaultState.state === 'lost') world.logger.error('vault.lost', { reason: vaultState.reason });
    const account = createAccount({
      ...world,
      baseUrl: config.host,
      appId: config.appId,
      appKey: secrets?.appKey ?? null,
      protocol: kybio,
      learnt: learntBy(settings),
    });
    return ok(
      composeSession(world, {
        ...{ mode: 'live', db, settings, config, account, secrets },
        ...{ accountHost: config.host, practice: null, vault: world.vault },
        machine: machineIn(world.vault, secrets, now),
      }),
    );
  });
}

/** The practice store beside its till: a KYBIO of our own on loopback, an outbox of its own, no keyring. */
export async function openPracticeSession(world: World, storeTimeZone: string): Promise<Result<Session>> {
  const folder = practiceFolder(world.folder);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  return inFolder(folder, async (db, settings, kept) => {
    const config = kept ?? newPractice(storeTimeZone);
    const store = await openStore(world, folder, config.storeTimeZone);
    if (store === null) return err(appError('database-corrupt', { file: 'ledger.jsonl' }));
    try {
      return ok(composePractice(world, db, settings, config, store));
    } catch (thrown) {
      await store.close();
      throw thrown;
    }
  });
}

/** A database is left open only with the till that works on it. */
async function inFolder<T extends Session | null>(
  folder: string,
  open: (db: Db, settings: Settings, config: TillConfig | null) => Promise<Result<T>>,
): Promise<Result<T>> {
  const opened = openDatabase(databaseFile(folder));
  if (!opened.ok) return opened;
  const db = opened.value;
  let isInUse = false;
  try {
    const settings = createSettings(db);
    const loaded = readConfig(settings);
    if (!loaded.ok) return loaded;
    const session = await open(db, settings, loaded.value);
    isInUse = session.ok && session.value !== null;
    return session;
  } finally {
    if (!isInUse) db.close();
  }
}

const newPractice = (storeTimeZone: string): TillConfig => ({
  host: 'practice',
  appId: 'practice',
  tillName: 'Counter 1',
  storeTimeZone,
  currency: 'SGD',
  language: 'en',
  tillNumber: 1,
  tillCount: 1,
});

function composePractice(
  world: World,
  db: Db,
  settings: Settings,
  kept: TillConfig,
  store: PracticeStore,
): Session {
  const { baseUrl, appId, appKey } = store;
  const config = { ...kept, appId };
  store.onChange(world.onChange);
  saveConfig(settings, config);
  // No secret: it opens made-up accounts on this machine only. `--verify` reads it.
  settings.set(PRACTICE_KEY, appKey);
  const account = createAccount({
    ...world,
    baseUrl,
    appId,
    appKey,
    protocol: kybio,
    learnt: learntBy(settings),
  });
  return composeSession(world, {
    ...{ mode: 'practice', db, settings, config, account, practice: store },
    ...{ accountHost: 'practice', secrets: practiceSecrets(appKey), vault: null, machine: noMachine },
  });
}

/** Read anew each time: a check-up may have learnt some since. */
const learntBy = (settings: Settings) => () => learntOf(loadHostProfile(settings));

/** Null where the ledger's file is damaged: made-up money, but never thrown away unasked. */
async function openStore(world: World, folder: string, storeTimeZone: string): Promise<PracticeStore | null> {
  try {
    return await createPracticeStore({ ...world, storeTimeZone, ledgerFile: join(folder, 'ledger.jsonl') });
  } catch (thrown) {
    world.logger.error('practice.not-opened', { error: String(thrown) });
    return null;
  }
}

function composeSession(world: World, parts: SessionParts): Session {
  const { config, account, practice, mode } = parts;
  const core = composeCore(world, parts);
  const { link, directory, outbox, transitions, meter, budget, limits, today, keeper } = core;
  const { storeTimeZone } = config;
  const looking = composeLooking(core, parts.db, storeTimeZone);
  const { evidence, doubts, looks } = looking;
  const detective = createDetectiveService({ ...core, evidence, storeTimeZone });
  const loop = createSyncLoopService({ ...core, ...looking, detective, parallel: PARALLEL });
  const directoryFill = createDirectoryFillService({ ...core, pauseMs: mode === 'practice' ? 50 : 2_000 });
  const acknowledge = createAcknowledge(parts.db, outbox, core.recorder);
  const lookUp = createLookUpService({
    ...core,
    freshMs: () => core.policy.current().memberFreshMs,
    entryViews: () => entryViews(outbox, storeTimeZone),
  });
  const checkUps = createCheckUpRepository(parts.db, core.settings, core.journal);
  const checkUp = composeCheckUp(core, parts, checkUps, loop.wake);
  noteSpentQuota(link, core.settings, world.logger);
  const isCheckedUp = checkUp.holds;
  const review = createReviewService({ ...core, detective, evidence, doubts, looks, isCheckedUp });
  const offline = composeOffline(parts.db, core);
  const topUps = createTopUpService({
    ...core,
    ...offline,
    isCheckedUp,
    isIdInexact: (customerUid) =>
      loadHostProfile(core.settings).idsExact === false && mayBeRounded(customerUid),
    cashier: config.tillName,
  });
  const machine = createMachineWatch(parts.machine, core.journal, world.logger);
  const trust = createTrust({ ...core, db: parts.db, checkUps, machine });
  const managerPin = createManagerPin({
    ...core,
    store: createPinRepository({ ...core, db: parts.db }),
    pepper: () => parts.secrets?.pinPepper ?? null,
  });
  let cancelAsk = (): void => undefined;
  link.onChange((before, after) => {
    // The window asks what the plan asks of the link: whether anything can be sent.
    if (mayChangePlan(before, after)) offline.offline.notice();
    world.onChange();
  });
  return {
    ...{ mode, config, limits, budget, account, outbox, transitions, directory, directoryFill },
    checkAppKey: createAppKeyCheck(account.isKey, world.clock),
    ...{ lookUp, topUps, acknowledge, review, managerPin, meter, link, loop, looks, practice, today },
    ...{ policy: core.policy, offline: offline.offline, checkUp, reach: core.reach },
    ...{ resume: trust.resume, setPlace: createSetPlace({ ...core, db: parts.db, config }) },
    get journalProblem() {
      return trust.problem();
    },
    journalLost: core.journal === null,
    replaceKey: async (appKey) => {
      const replaced = await replaceKey(world, parts, appKey);
      if (!replaced.ok) return replaced;
      // The keychain that lost the appKey lost the journal's key too: only a till that opens anew has one.
      if (core.journal === null) return ok({});
      // What waits is signed anew by the loop: a disk that refuses that now must not leave a tested key untold.
      link.update(afterTestedKey);
      loop.hurry();
      return ok({});
    },
    networkChanged: (online) => {
      core.reach.networkChanged(online);
      if (online) loop.networkChanged();
    },
    wokeUp: () => {
      core.reach.wokeUp();
      loop.wokeUp();
    },
    start: () => {
      const interrupted = account.hasKey() ? trust.recover() : 0;
      if (interrupted > 0) world.logger.warn('outbox.interrupted', { entries: interrupted });
      // Whether KYBIO answers again is not known after a start: an unknown entry asks first (protocol rule 7).
      const undecided = outbox.counts().unknown > 0;
      if (undecided) link.update(afterUndecidedAtStart);
      if (!account.hasKey()) link.update((state, at) => withPause(state, 'key-lost', '', at.nowMs));
      if (account.hasKey()) keepDirectoryOf(core, `${parts.accountHost} ${config.appId}`);
      if (account.hasKey()) core.forgottenSends.start();
      loop.start();
      if (account.hasKey()) trust.start();
      if (account.hasKey()) checkUp.resume();
      offline.offline.start();
      directoryFill.start();
      // A till that has nothing to do would not know whether it is online.
      cancelAsk = world.clock.schedule(ASK_AFTER_MS, loop.ask);
    },
    close: async (graceMs) => {
      cancelAsk();
      core.reach.stop();
      directoryFill.stop();
      trust.stop();
      core.forgottenSends.stop();
      offline.offline.stop();
      await checkUp.close();
      await loop.stop(graceMs);
      await account.close();
      keeper.close();
      await practice?.close();
      parts.db.close();
    },
  };
}

/** A key is kept only after KYBIO has answered to it; beside it the secrets that this session works with. */
async function replaceKey(world: World, parts: SessionParts, appKey: string): Promise<Result<VaultSecrets>> {
  const { config, vault } = parts;
  if (vault === null) return err(appError('not-set-up'));
  const tested = await testConnection(
    { ...config, appKey },
    world.clock,
    world.connect ?? ((account) => kybio.connect(account, world)),
  );
  if (!tested.ok) return tested;
  const saved = await vault.save(appKey, parts.secrets);
  if (!saved.ok) return saved;
  world.logger.hide?.(appKey);
  parts.account.changeKey(appKey);
  return saved;
}
