import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { type AppError, ok, type Result } from '../preload/contract/index.ts';
import { defaultLimits } from './counter/limits.ts';
import { createTopUpService } from './counter/top-up-service.ts';
import { createManagerPin } from './credentials/manager-pin.ts';
import { type PinStore, pinRecordSchema } from './credentials/pin-record.ts';
import type { Vault, VaultSecrets } from './credentials/vault.ts';
import { type Db, openDatabase } from './database/open.ts';
import { createSettings, type Settings } from './database/settings-repository.ts';
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

export const liveFolder = (folder: string): string => join(folder, 'live');
export const practiceFolder = (folder: string): string => join(folder, 'practice');
export const databaseFile = (folder: string): string => join(folder, 'counterfoil.db');

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

/** Writes what a live till must know before it is first opened. */
export function configureLive(folder: string, config: TillConfig): AppError | null {
  const opened = openDatabase(databaseFile(liveFolder(folder)));
  if (!opened.ok) return opened.error;
  try {
    saveConfig(createSettings(opened.value), config);
    return null;
  } finally {
    opened.value.close();
  }
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
  const store = await createPracticeStore({
    ...world,
    storeTimeZone: config.storeTimeZone,
    ledgerFile: join(folder, 'ledger.jsonl'),
  });
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

function composeSession(world: World, parts: SessionParts): Session {
  const { clock, random, logger, onChange } = world;
  const { db, settings, config, account, practice } = parts;
  let pepper = parts.secrets?.pinPepper ?? null;
  const identity: OutboxIdentity = {
    ...config,
    till: config.tillName,
    accountHost: parts.accountHost,
    accountAppId: config.appId,
  };
  const today = () => storeDay(clock.nowMs(), config.storeTimeZone);
  const outbox = createOutboxRepository(db, identity, clock, random);
  const transitions = createTransitionsRepository(db, outbox, clock);
  const directory = createDirectoryRepository(db);
  const meter = createCallMeter(db, clock, config.storeTimeZone);
  const link = createLink(settings, clock, random, logger);
  const budget = defaultBudget;
  const limits = defaultLimits(config.currency);
  const client = account.client;
  const signer = account.signer;
  const canCall = account.hasKey;
  const reader = createMemberReader({ client, directory, transitions, meter, link, clock, logger });
  const isToday = (unixMs: number) => storeDay(unixMs, config.storeTimeZone) === today();
  const tryWrite = () => settings.set('disk.tried', String(clock.nowMs()));
  const loop = createSyncLoopService({
    outbox,
    transitions,
    directory,
    reader,
    meter,
    link,
    client,
    signer,
    isToday,
    tryWrite,
    clock,
    logger,
    parallel: PARALLEL,
    onChange,
  });
  const lookUp = createLookUpService({
    directory,
    outbox,
    reader,
    meter,
    budget,
    link,
    clock,
    today,
    canCall,
  });
  const topUps = createTopUpService({
    outbox,
    transitions,
    directory,
    limits,
    signer,
    today,
    cashier: config.tillName,
    logger,
  });
  const pauseMs = parts.mode === 'practice' ? 50 : 2_000;
  const directoryFill = createDirectoryFillService({
    reader,
    settings,
    meter,
    budget,
    link,
    clock,
    logger,
    canCall,
    pauseMs,
    onChange,
  });
  const managerPin = createManagerPin({ store: pinStoreIn(settings), pepper: () => pepper, clock, random });
  link.onChange(() => {
    onChange();
    loop.wake();
  });

  const replaceKey = async (appKey: string): Promise<Result<Record<string, never>>> => {
    const tested = await testConnection({ ...config, appKey }, clock, logger);
    if (!tested.ok) return tested;
    if (parts.vault !== null) {
      const saved = await parts.vault.save(appKey);
      if (!saved.ok) return saved;
      pepper = saved.value.pinPepper;
      world.logger.hide?.(appKey);
    }
    account.changeKey(appKey);
    const key = account.signer();
    if (key !== null) logger.info('outbox.resigned', { entries: transitions.resign(key.signBody) });
    link.update(afterTestedKey);
    loop.hurry();
    return ok({});
  };

  return {
    ...{ mode: parts.mode, config, limits, budget, account, outbox, transitions, directory, directoryFill },
    ...{ lookUp, topUps, managerPin, meter, link, loop, practice, replaceKey, today },
    start: () => {
      const interrupted = transitions.recoverInterrupted();
      if (interrupted > 0) logger.warn('outbox.interrupted', { entries: interrupted });
      const undecided = outbox.counts().unknown > 0;
      if (undecided) link.update((state, at) => withPause(state, 'unanswered', '', at.nowMs));
      if (!account.hasKey()) link.update((state, at) => withPause(state, 'key-lost', '', at.nowMs));
      loop.start();
      directoryFill.start();
    },
    close: async (graceMs) => {
      directoryFill.stop();
      await loop.stop(graceMs);
      await account.close();
      await practice?.close();
      db.close();
    },
  };
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
