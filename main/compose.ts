import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { appError, err, ok, type Result } from '../preload/contract/index.ts';
import { defaultLimits } from './counter/limits.ts';
import { createTopUpService } from './counter/top-up-service.ts';
import { createManagerPin } from './credentials/manager-pin.ts';
import { type PinStore, pinRecordSchema } from './credentials/pin-record.ts';
import type { Vault, VaultSecrets } from './credentials/vault.ts';
import { type Db, openDatabase } from './database/open.ts';
import { createSettings, type Settings } from './database/settings-repository.ts';
import { databaseFile, liveFolder, practiceFolder } from './folders.ts';
import { createDirectoryFillService } from './members/directory-fill-service.ts';
import { createDirectoryRepository } from './members/directory-repository.ts';
import { createLookUpService } from './members/look-up-service.ts';
import { createMemberReader } from './members/member-reader.ts';
import { createOutboxRepository } from './outbox/outbox-repository.ts';
import { storeDay } from './outbox/store-time.ts';
import { createTransitionsRepository } from './outbox/transitions-repository.ts';
import type { OutboxIdentity } from './outbox/types.ts';
import type { Clock, Logger, Random } from './ports.ts';
import { createPracticeStore } from './practice/store.ts';
import type { PracticeStore } from './practice/types.ts';
import { defaultBudget } from './sync/call-budget.ts';
import { createCallMeter } from './sync/call-meter-repository.ts';
import { createLink } from './sync/link.ts';
import { afterTestedKey, withPause } from './sync/link-state.ts';
import { createSyncLoopService } from './sync/sync-loop.ts';
import { type Account, createAccount } from './till/account.ts';
import { loadConfig, saveConfig, type TillConfig } from './till/config.ts';
import type { Session } from './till/session.ts';
import { testConnection } from './till/test-connection.ts';

/** What every part of the program needs from outside. */
export interface World {
  readonly folder: string;
  readonly clock: Clock;
  readonly random: Random;
  readonly logger: Logger & { hide?(secret: string): void };
  readonly vault: Vault;
  /** Something that the screen shows has changed. */
  readonly onChange: () => void;
}

/** Where the practice database keeps its own made-up key. */
export const PRACTICE_KEY = 'practice.appKey';

/** Members served at once; more would only meet KYBIO's own limits. */
const PARALLEL = 4;

/** After a start the directory or the first look-up mostly tells by itself whether KYBIO is there. */
const ASK_AFTER_MS = 3_000;

export { databaseFile, liveFolder, practiceFolder } from './folders.ts';
export { accountProblem, configureLive, isLiveConfigured } from './live-account.ts';

/** The live till. Its key may be lost: then entries stay, sending pauses, and the key is asked for. */
export async function openLiveSession(world: World): Promise<Result<Session | null>> {
  const opened = openDatabase(databaseFile(liveFolder(world.folder)));
  if (!opened.ok) return opened;
  const settings = createSettings(opened.value);
  const config = loadConfig(settings);
  if (config === null) {
    opened.value.close();
    return ok(null);
  }
  const vaultState = await world.vault.load();
  const secrets = vaultState.state === 'present' ? vaultState.secrets : null;
  if (secrets !== null) world.logger.hide?.(secrets.appKey);
  if (vaultState.state === 'lost') world.logger.error('vault.lost', { reason: vaultState.reason });
  const account = createAccount({
    ...world,
    baseUrl: config.host,
    appId: config.appId,
    appKey: secrets?.appKey ?? null,
  });
  return ok(
    composeSession(world, {
      mode: 'live',
      db: opened.value,
      settings,
      config,
      account,
      accountHost: config.host,
      practice: null,
      secrets,
      vault: world.vault,
    }),
  );
}

/** The practice store beside its till: a KYBIO of our own on loopback, an outbox of its own, no keyring. */
export async function openPracticeSession(world: World, storeTimeZone: string): Promise<Result<Session>> {
  const folder = practiceFolder(world.folder);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const opened = openDatabase(databaseFile(folder));
  if (!opened.ok) return opened;
  const settings = createSettings(opened.value);
  const config: TillConfig = loadConfig(settings) ?? {
    host: 'practice',
    appId: 'practice',
    tillName: 'Counter 1',
    storeTimeZone,
    currency: 'SGD',
    language: 'en',
    tillNumber: 1,
    tillCount: 1,
  };
  const store = await openStore(world, folder, config.storeTimeZone);
  if (store === null) {
    opened.value.close();
    return err(appError('database-corrupt', { file: 'ledger.jsonl' }));
  }
  store.onChange(world.onChange);
  saveConfig(settings, { ...config, appId: store.appId });
  // No secret: it opens made-up accounts on this machine only. `--verify` reads it.
  settings.set(PRACTICE_KEY, store.appKey);
  const secrets: VaultSecrets = {
    appKey: store.appKey,
    pinPepper: Buffer.from(store.appKey.padEnd(32, '0').slice(0, 32)),
  };
  const account = createAccount({
    ...world,
    baseUrl: store.baseUrl,
    appId: store.appId,
    appKey: store.appKey,
  });
  const appId = store.appId;
  return ok(
    composeSession(world, {
      mode: 'practice',
      db: opened.value,
      settings,
      config: { ...config, appId },
      account,
      accountHost: 'practice',
      practice: store,
      secrets,
      vault: null,
    }),
  );
}

/** Null where the ledger's file is damaged: made-up money, but never thrown away unasked. */
async function openStore(world: World, folder: string, storeTimeZone: string): Promise<PracticeStore | null> {
  try {
    return await createPracticeStore({ ...world, storeTimeZone, ledgerFile: join(folder, 'ledger.jsonl') });
  } catch (thrown) {
    world.logger.error('practice.not-opened', { error: String(thrown) });
    return null;
  }
}

interface SessionParts {
  readonly mode: Session['mode'];
  readonly db: Db;
  readonly settings: Settings;
  readonly config: TillConfig;
  readonly account: Account;
  readonly accountHost: string;
  readonly practice: PracticeStore | null;
  readonly secrets: VaultSecrets | null;
  readonly vault: Vault | null;
}

/** The repositories, the link and the one door for reads: what all services share. */
function composeCore({ clock, random, logger, onChange }: World, parts: SessionParts) {
  const { db, settings, config, account } = parts;
  const { storeTimeZone } = config;
  const identity: OutboxIdentity = {
    ...config,
    till: config.tillName,
    accountHost: parts.accountHost,
    accountAppId: config.appId,
  };
  const outbox = createOutboxRepository(db, identity, clock, random);
  const transitions = createTransitionsRepository(db, outbox, clock);
  const directory = createDirectoryRepository(db);
  const meter = createCallMeter(db, clock, storeTimeZone);
  const link = createLink(settings, clock, random, logger);
  const today = () => storeDay(clock.nowMs(), storeTimeZone);
  const shared = {
    clock,
    random,
    logger,
    onChange,
    settings,
    outbox,
    transitions,
    directory,
    meter,
    link,
    today,
  };
  const { client, signer, hasKey: canCall } = account;
  const reader = createMemberReader({ ...shared, client });
  const isToday = (unixMs: number) => storeDay(unixMs, storeTimeZone) === today();
  const tryWrite = () => settings.set('disk.tried', String(clock.nowMs()));
  const budget = defaultBudget;
  const limits = defaultLimits(config.currency);
  return { ...shared, client, signer, canCall, reader, isToday, tryWrite, budget, limits };
}

function composeSession(world: World, parts: SessionParts): Session {
  const { config, account, practice, mode } = parts;
  const core = composeCore(world, parts);
  const { link, directory, outbox, transitions, meter, budget, limits, today } = core;
  const loop = createSyncLoopService({ ...core, parallel: PARALLEL });
  const directoryFill = createDirectoryFillService({ ...core, pauseMs: mode === 'practice' ? 50 : 2_000 });
  const lookUp = createLookUpService(core);
  const topUps = createTopUpService({ ...core, cashier: config.tillName });
  const pepper = { kept: parts.secrets?.pinPepper ?? null };
  const managerPin = createManagerPin({
    ...core,
    store: pinStoreIn(parts.settings),
    pepper: () => pepper.kept,
  });
  let cancelAsk = (): void => undefined;
  link.onChange(() => {
    world.onChange();
    loop.wake();
  });
  return {
    ...{ mode, config, limits, budget, account, outbox, transitions, directory, directoryFill },
    ...{ lookUp, topUps, managerPin, meter, link, loop, practice, today },
    replaceKey: async (appKey) => {
      const replaced = await replaceKey(world, parts, appKey);
      if (!replaced.ok) return replaced;
      pepper.kept = replaced.value.pinPepper;
      const resigned = account.signer();
      if (resigned !== null) transitions.resign(resigned.signBody);
      link.update(afterTestedKey);
      loop.hurry();
      return ok({});
    },
    start: () => {
      const interrupted = transitions.recoverInterrupted();
      if (interrupted > 0) world.logger.warn('outbox.interrupted', { entries: interrupted });
      // Whether KYBIO answers again is not known after a start: an unknown entry asks first (rule 7).
      const undecided = outbox.counts().unknown > 0;
      if (undecided) link.update((state, at) => withPause(state, 'unanswered', '', at.nowMs));
      if (!account.hasKey()) link.update((state, at) => withPause(state, 'key-lost', '', at.nowMs));
      loop.start();
      directoryFill.start();
      // A till that has nothing to do would not know whether it is online.
      cancelAsk = world.clock.schedule(ASK_AFTER_MS, loop.ask);
    },
    close: async (graceMs) => {
      cancelAsk();
      directoryFill.stop();
      await loop.stop(graceMs);
      await account.close();
      await practice?.close();
      parts.db.close();
    },
  };
}

/** A key is kept only after KYBIO has answered to it. */
async function replaceKey(world: World, parts: SessionParts, appKey: string): Promise<Result<VaultSecrets>> {
  const { config, vault } = parts;
  if (vault === null) return err(appError('not-set-up'));
  const tested = await testConnection({ ...config, appKey }, world.clock, world.logger);
  if (!tested.ok) return tested;
  const saved = await vault.save(appKey);
  if (!saved.ok) return saved;
  world.logger.hide?.(appKey);
  parts.account.changeKey(appKey);
  return saved;
}

function pinStoreIn(settings: Settings): PinStore {
  const KEY = 'manager.pin';
  return {
    load: () => {
      const text = settings.get(KEY);
      return text === null ? null : pinRecordSchema.parse(JSON.parse(text));
    },
    save: (record) => settings.set(KEY, JSON.stringify(record)),
  };
}
