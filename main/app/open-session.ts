import { createHash } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import {
  type AppError,
  appError,
  err,
  ok,
  type Result,
  type Snapshot,
  whoSets,
} from '../../preload/contract/index.ts';
import { noItPolicy } from '../counter/index.ts';
import { createAccount, readConfig, saveConfig, type TillConfig } from '../hosts/index.ts';
import { afterTestedKey } from '../hosts/link/index.ts';
import { createPracticeStore, LedgerDamaged, type PracticeStore } from '../hosts/practice/index.ts';
import { actorText, theProgram } from '../kernel/actor.ts';
import { databaseFailure } from '../kernel/database/failure.ts';
import { type Db, isToBeMigrated, openDatabase } from '../kernel/database/open.ts';
import { createSettings, type Settings } from '../kernel/database/settings-repository.ts';
import { databaseFile, liveFolder, practiceFolder } from '../kernel/folders.ts';
import { heldAmong } from '../kernel/held-file.ts';
import type { VaultSecrets } from '../people/index.ts';
import { backUpClosed, checkHere, isSuspect, machineIn, noMachine, retiredSince } from '../safety/index.ts';
import { filesOf } from '../updates/trial/index.ts';
import { protocolOf } from './host-protocol.ts';
import { asOne, type Session } from './session.ts';
import { createSetNumbering } from './set-numbering.ts';
import { createSlices, roomsOf, type Slices } from './slices.ts';
import { testConnection } from './test-connection.ts';
import type { SessionParts, World } from './world.ts';

/** The settings key of the practice store's App key. */
export const PRACTICE_KEY = 'practice.appKey';

/** Where its key is lost, entries stay, sending pauses, and the key is asked for. */
export function openLiveSession(world: World): Promise<Result<OpenedSession | null>> {
  return inFolder(world, liveFolder(world.folder), async (db, settings, config) => {
    if (config === null) return ok(null);
    if (retiredSince(settings) !== null) return err(appError('till-retired'));
    const file = databaseFile(liveFolder(world.folder));
    const damaged = isSuspect(settings, file) ? await inspectPages(world, file) : null;
    if (damaged !== null) return err(damaged);
    const [vaultState, now, itPolicy] = await Promise.all([
      world.vault.load(),
      world.machine?.marks() ?? null,
      world.itPolicy?.() ?? noItPolicy,
    ]);
    const secrets = vaultState.state === 'present' ? vaultState.secrets : null;
    if (secrets !== null) world.logger.hide?.(secrets.appKey);
    if (secrets?.ownerKey !== undefined) world.logger.hide?.(secrets.ownerKey);
    if (vaultState.state === 'lost') world.logger.error('vault.lost', { reason: vaultState.reason });
    const protocol = protocolOf(config.host);
    const account = createAccount({
      ...world,
      baseUrl: config.host,
      appId: config.appId,
      appKey: secrets?.appKey ?? null,
      protocol,
    });
    const session = composeSession(world, {
      mode: 'live',
      db,
      config,
      account,
      protocol,
      secrets,
      accountHost: config.host,
      practice: null,
      vault: world.vault,
      machine: machineIn(world.vault, secrets, now),
      itPolicy,
    });
    // A start's repairs are final, so they must not run on damaged pages.
    const problem = session.journalProblem === null ? null : await inspectPages(world, file);
    if (problem === null) return ok(session);
    await session.close(0);
    return err(problem);
  });
}

/** Runs while the opening waits; null where they are intact. */
const inspectPages = ({ backups }: World, file: string): Promise<AppError | null> =>
  (backups?.integrity ?? checkHere).checkPages(file);

/** The practice store and its till: a KYBIO on loopback, a database of its own, no keyring. */
export async function openPracticeSession(
  world: World,
  storeTimeZone: string,
  /** A new store's. */
  language = 'en',
): Promise<Result<OpenedSession>> {
  const folder = practiceFolder(world.folder);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  return inFolder(world, folder, async (db, settings, kept) => {
    const config = kept ?? newPractice(storeTimeZone, language);
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

/** Folders that an opening till writes to, or must not take for missing. */
const openedIn = (world: World, folder: string): readonly string[] => {
  const place = folder === liveFolder(world.folder) ? 'live' : 'practice';
  const files = filesOf(world, [place, `${place}-heads`]).map(({ path }) => path);
  return [...files, `${databaseFile(folder)}-shm`];
};

/** Before a later format is made of it; without a backup the till does not open. */
async function backUpBefore({ backups, clock }: World, file: string): Promise<AppError | null> {
  if (backups === undefined || !isToBeMigrated(file)) return null;
  const kept = await backUpClosed({ ...backups, databaseFile: file, clock });
  return kept.ok ? null : kept.error;
}

/** Closes the database unless a till works on it. */
async function inFolder<T extends Session | null>(
  world: World,
  folder: string,
  open: (db: Db, settings: Settings, config: TillConfig | null) => Promise<Result<T>>,
): Promise<Result<T>> {
  const held = await heldAmong(openedIn(world, folder));
  if (held !== null) return err(held);
  const isLive = folder === liveFolder(world.folder);
  const problem = isLive ? await backUpBefore(world, databaseFile(folder)) : null;
  if (problem !== null) return err(problem);
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
  } catch (thrown) {
    // A damaged page shows only when it is read, and may read as rows that nobody wrote.
    const failure = databaseFailure(thrown) ?? (await inspectPages(world, databaseFile(folder)));
    if (failure === null) throw thrown;
    return err(failure);
  } finally {
    if (!isInUse) db.close();
  }
}

const newPractice = (storeTimeZone: string, language: string): TillConfig => ({
  host: 'practice',
  appId: 'practice',
  tillName: 'Counter 1',
  storeTimeZone,
  currency: 'SGD',
  language,
  tillNumber: 1,
  tillCount: 1,
});

function composePractice(
  world: World,
  db: Db,
  settings: Settings,
  kept: TillConfig,
  store: PracticeStore,
): OpenedSession {
  const { baseUrl, appId, appKey } = store;
  const protocol = protocolOf(baseUrl);
  const config = { ...kept, appId };
  store.onSwitch(() => world.changed('practice'));
  saveConfig(settings, config);
  // No secret: it opens the practice store only. `--verify` reads it.
  settings.set(PRACTICE_KEY, appKey);
  const account = createAccount({
    ...world,
    baseUrl,
    appId,
    appKey,
    protocol,
  });
  return composeSession(world, {
    mode: 'practice',
    db,
    config,
    account,
    protocol,
    practice: store,
    accountHost: 'practice',
    secrets: practiceSecrets(appKey),
    vault: null,
    machine: noMachine,
    itPolicy: noItPolicy,
  });
}

/** No secrets: they protect play money on this computer. */
export function practiceSecrets(appKey: string): VaultSecrets {
  const madeUp = createHash('sha256').update(appKey).digest();
  return { appKey, pinPepper: madeUp, journalKey: madeUp };
}

/** Null where the ledger's file is damaged: it is never thrown away unasked. */
async function openStore(world: World, folder: string, storeTimeZone: string): Promise<PracticeStore | null> {
  try {
    return await createPracticeStore({ ...world, storeTimeZone, ledgerFile: join(folder, 'ledger.jsonl') });
  } catch (thrown) {
    if (!(thrown instanceof LedgerDamaged)) throw thrown;
    world.logger.error('practice.not-opened', { error: String(thrown) });
    return null;
  }
}

/** All parts of an open till, for tests and the simulator. */
export type OpenedSession = Session & Slices & { readonly journalProblem: Snapshot['journalProblem'] };

function composeSession(world: World, parts: SessionParts): OpenedSession {
  const { mode, config, db } = parts;
  const slices = createSlices(world, parts, () => till.networkBack());
  const { kernel, hosts, ledger, people, sending, counter, records } = slices;
  const { journal, outbox } = ledger;
  const rooms = roomsOf(world, parts, slices);
  const till = asOne(rooms);
  hosts.link.onChange(() => world.changed('link', 'offline'));
  const { settings } = kernel;
  const { policy } = counter;
  return {
    ...slices,
    ...till,
    mode,
    config,
    rooms,
    managerPin: people.managerPin,
    admission: people.admission,
    setNumbering: createSetNumbering({ db, settings, journal, config, policy }),
    get journalProblem() {
      return records.problem();
    },
    journalLost: journal === null,
    isUnsettled: () => {
      const { queued, sending: underWay, unknown } = outbox.counts();
      return queued + underWay + unknown > 0;
    },
    noteProvisioned: (given, who) => {
      const { host, appId, tillName, tillNumber, tillCount } = config;
      const note = { event: 'noted', reason: 'provisioned' } as const;
      const place = `${tillNumber} of ${tillCount}`;
      const content = { host, appId, tillName, place };
      journal?.append({ ...note, actor: actorText(theProgram), content });
      if (given === null) return;
      // A file is the last to be asked.
      const free = Object.entries(given).filter(([name]) => whoSets(name, kernel.above()) === 'manager');
      policy.save({ ...policy.current(), ...Object.fromEntries(free) }, who);
    },
    lockAfterMs: () => (people.signedIn.isUsed() ? policy.current().peopleLockAfterMs : 0),
    replaceKey: async (appKey, who) => {
      const replaced = await replaceKey(world, parts, appKey);
      if (!replaced.ok) return replaced;
      // The keyring lost the journal's key, too: only an opening creates a new one.
      if (journal === null) return ok({});
      // The loop re-signs what waits: a full disk must not prevent reporting a tested key.
      hosts.link.update(afterTestedKey);
      sending.loop.hurry();
      const note = { event: 'noted', reason: 'key replaced' } as const;
      const content = { keyFingerprint: hosts.account.signer()?.keyFingerprint ?? null };
      journal.append({ ...note, actor: actorText(who), content });
      return ok({});
    },
  };
}

/** Stores a key only after KYBIO accepted it, with this session's other secrets. */
async function replaceKey(world: World, parts: SessionParts, appKey: string): Promise<Result<VaultSecrets>> {
  const { config, vault } = parts;
  if (vault === null) return err(appError('not-set-up'));
  const tested = await testConnection(
    { ...config, appKey },
    world.clock,
    world.connect ?? ((account) => parts.protocol.connect(account, world)),
  );
  if (!tested.ok) return tested;
  const saved = await vault.save(appKey, parts.secrets);
  if (!saved.ok) return saved;
  world.logger.hide?.(appKey);
  parts.account.changeKey(appKey);
  return saved;
}
