import type { KeyObject } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { type OpenedSession, openLiveSession } from '../../../main/app/open-session.ts';
import type { World } from '../../../main/app/world.ts';
import { kybio } from '../../../main/hosts/kybio/kybio.ts';
import { meiLing } from '../../../main/hosts/practice/members.ts';
import { theManager } from '../../../main/kernel/actor.ts';
import { databaseFailure } from '../../../main/kernel/database/failure.ts';
import { backupFolder, databaseFile, liveFolder } from '../../../main/kernel/folders.ts';
import type { Clock } from '../../../main/kernel/ports.ts';
import { type Lock, openLock } from '../../../main/kernel/sealing/lock.ts';
import { unsealFile } from '../../../main/kernel/sealing/sealed-file.ts';
import { systemClock, systemRandom } from '../../../main/kernel/system.ts';
import { createTimeouts } from '../../../main/kernel/timeouts.ts';
import {
  createMemoryVault,
  createVault,
  type Vault,
  type VaultSecrets,
} from '../../../main/people/credentials/vault.ts';
import { backupFailure } from '../../../main/safety/backups/backup-failure.ts';
import { readBackupName } from '../../../main/safety/backups/backup-name.ts';
import { moveTill } from '../../../main/safety/backups/move.ts';
import { type MovedSecrets, readSecrets } from '../../../main/safety/backups/move-file.ts';
import { type RestoreWish, restoreBackup } from '../../../main/safety/backups/restore.ts';
import { PLACE_FOLDER } from '../../../main/safety/backups/second-place.ts';
import { checkHere } from '../../../main/safety/integrity/integrity.ts';
import { amount } from '../../../preload/contract/index.ts';
import { atTheTill } from '../../kit/actors.ts';

/** A till with a second place, and the computer that it may be moved to. What is worked on is `work`, and all of it. */
export interface Scene {
  readonly work: string;
  readonly appKey: string;
  /** When it is now: each run makes the same names. */
  readonly nowMs: number;
}

export const dataOf = ({ work }: Scene): string => join(work, 'data');
export const stickOf = ({ work }: Scene): string => join(work, 'stick');
/** The computer that a till is moved to, and the stick with the file of such a till. */
export const otherOf = ({ work }: Scene): string => join(work, 'other');
export const moveStickOf = ({ work }: Scene): string => join(work, 'move-stick');

/** The till's own folder on the stick. */
export const placeOf = (scene: Scene): string => {
  const [till = ''] = readdirSync(join(stickOf(scene), PLACE_FOLDER));
  return join(stickOf(scene), PLACE_FOLDER, till);
};

export const passphrase = 'seven kopi peng at noon';
export const journalKey = Buffer.alloc(32, 9);
export const secretsOf = ({ appKey }: Scene): VaultSecrets => ({
  ...{ appKey, journalKey, pinPepper: Buffer.alloc(32, 7) },
});
const nothing = () => undefined;
export const silent = { info: nothing, warn: nothing, error: nothing };

const keys = new Map<string, ReturnType<typeof openLock>>();
/** To open a lock is made slow: each is opened once. */
export function keyFor(lock: Lock): Promise<KeyObject | null> {
  const key = keys.get(lock.publicKey) ?? openLock(lock, passphrase);
  keys.set(lock.publicKey, key);
  return key;
}

function worldOf(scene: Scene) {
  const clock: Clock = { ...systemClock, nowMs: () => scene.nowMs };
  return { clock, random: systemRandom, logger: silent, integrity: checkHere };
}

const foldersOf = (data: string) => ({
  ...{ liveFolder: liveFolder(data), backupFolder: backupFolder(data) },
  headCopyFolder: join(data, 'copy'),
});

/** Sealed by a keyring that seals nothing: what counts is that it is written. */
export const otherVault = (scene: Scene): Vault =>
  createVault({
    folder: liveFolder(otherOf(scene)),
    random: systemRandom,
    secrets: {
      problem: async () => null,
      encrypt: async (secret) => Buffer.from(secret),
      decrypt: async (sealed) => sealed.toString(),
    },
  });

export async function openIn(
  scene: Scene,
  data: string,
  vault: Vault = createMemoryVault(secretsOf(scene), systemRandom),
): Promise<OpenedSession | string> {
  const { integrity, ...world } = worldOf(scene);
  const backups: World['backups'] = {
    ...{ folder: backupFolder(data), integrity, timeouts: createTimeouts(systemClock) },
    ...{ disk: { free: async () => null }, picker: { pick: async () => null } },
  };
  const opened = await openLiveSession({
    ...{ ...world, folder: data, headCopyFolder: join(data, 'copy'), vault, backups, changed: nothing },
  });
  return opened.ok && opened.value !== null ? opened.value : opened.ok ? 'not set up' : opened.error.code;
}

async function must(session: Promise<OpenedSession | string>): Promise<OpenedSession> {
  const opened = await session;
  if (typeof opened === 'string') throw new Error(`does not open: ${opened}`);
  return opened;
}

export function putBack(
  scene: Scene,
  data: string,
  wish: Partial<RestoreWish> & Pick<RestoreWish, 'file'>,
  vault?: Vault,
) {
  return restoreBackup(
    {
      ...{ ...worldOf(scene), ...foldersOf(data), protocol: kybio, machine: null },
      vault: vault ?? createMemoryVault(secretsOf(scene), systemRandom),
    },
    { madeAtMs: scene.nowMs - 1_000, otherMachine: false, secrets: null, open: [], ...wish },
  );
}

/** The newest backup of this till: the one before its last entry. */
export function newestIn(folder: string): string {
  const names = readdirSync(folder).filter((name) => readBackupName(name) !== null);
  return join(folder, names.sort().at(-1) ?? 'none');
}

export const enter = (session: OpenedSession, sum: string) =>
  session.counter.topUps.create(
    {
      ...{
        requestId: systemRandom.uuid(),
        note: '',
        pointIncrement: amount('0'),
        balanceIncrement: amount(sum),
      },
      ...{ customerUid: meiLing.customerUid, customerNumber: meiLing.number, customerName: meiLing.name },
    },
    atTheTill,
  );

const saidBy = (done: { ok: true } | { ok: false; error: { code: string } }): string =>
  done.ok ? 'ok' : done.error.code;

/** What a cashier is told whose entry could not be kept. */
function refusedBy(act: () => unknown): string | null {
  try {
    act();
    return null;
  } catch (thrown) {
    return databaseFailure(thrown)?.code ?? String(thrown);
  }
}

/** Unseals the file of the move and puts it in place, as whoever sets up the other computer does. */
async function bring(scene: Scene): Promise<string> {
  const [other, vault] = [otherOf(scene), otherVault(scene)];
  const opened = join(backupFolder(other), 'opened.part');
  let secrets: MovedSecrets | null = null;
  mkdirSync(backupFolder(other), { recursive: true });
  rmSync(opened, { force: true });
  try {
    const unsealed = await unsealFile(newestIn(moveStickOf(scene)), opened, keyFor, (first) => {
      secrets = readSecrets(first);
    });
    if (!unsealed.ok) return unsealed.error.code;
    return saidBy(await putBack(scene, other, { file: opened, secrets }, vault));
  } catch (thrown) {
    return backupFailure(thrown).code;
  }
}

/** What is done to a till while its disk is full or its process dies; `begin` is called right before, `end` right after. */
export const acts = {
  backup: async (scene, begin, end) => {
    const session = await must(openIn(scene, dataOf(scene)));
    begin();
    const made = await session.safety.backups?.backupNow('hourly');
    await session.safety.backups?.copied();
    end();
    const there = session.safety.backups?.state().second?.problem?.code ?? 'ok';
    await session.close(0);
    return made?.ok ? there : (made?.error.code ?? 'none');
  },
  'open entries': async (scene, begin, end) => {
    const session = await must(openIn(scene, dataOf(scene)));
    begin();
    const refused = refusedBy(() => enter(session, '7.00'));
    await session.safety.openEntries?.catchUp();
    const refusedToo = refusedBy(() => enter(session, '8.00'));
    await session.safety.openEntries?.catchUp();
    end();
    const problem = session.safety.openEntries?.problem()?.code;
    await session.close(0);
    return problem ?? refused ?? refusedToo ?? 'ok';
  },
  restore: async (scene, begin, end) => {
    const file = newestIn(backupFolder(dataOf(scene)));
    begin();
    const done = await putBack(scene, dataOf(scene), { file });
    end();
    return saidBy(done);
  },
  move: async (scene, begin, end) => {
    begin();
    const done = await moveTill(
      {
        ...{ ...worldOf(scene), ...foldersOf(dataOf(scene)), timeouts: createTimeouts(systemClock) },
        vault: createMemoryVault(secretsOf(scene), systemRandom),
      },
      { folder: stickOf(scene), passphrase, who: theManager },
    );
    end();
    return saidBy(done);
  },
  bring: async (scene, begin, end) => {
    begin();
    const said = await bring(scene);
    end();
    return said;
  },
} satisfies Record<string, (scene: Scene, begin: () => void, end: () => void) => Promise<string>>;

export type Act = keyof typeof acts;

export const bringAgain = bring;
export const isThere = (data: string): boolean => existsSync(databaseFile(liveFolder(data)));
