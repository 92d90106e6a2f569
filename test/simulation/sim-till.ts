import { copyFileSync, cpSync, mkdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import Database from 'better-sqlite3';
import type { OpenedSession } from '../../main/app/open-session.ts';
import type { World } from '../../main/app/world.ts';
import type { Logger } from '../../main/kernel/ports.ts';
import type { VaultSecrets } from '../../main/people/credentials/vault.ts';
import { closeLeft, letDie } from './connections.ts';
import { configOf, createImages, DB_FILE, type Images, writeSettings } from './data-folder.ts';
import { disk, ProcessDeath } from './disk.ts';
import type { KybioHost } from './kybio-host.ts';
import type { MainParts } from './main-parts.ts';
import type { Network } from './network.ts';
import { type Prng, randomOf } from './prng.ts';
import type { Scenario } from './scenario.ts';
import type { TillClock, VirtualTime } from './virtual-time.ts';

/** The till's PC: one data folder, and at most one process that has it open. */
export interface SimTill extends Images {
  readonly folder: string;
  readonly counts: { crashes: number; starts: number; restores: number };
  /** Null while no process runs, or it is starting. */
  session(): OpenedSession | null;
  /** Opens after `downMs`; tries again while the disk is full. */
  startIn(downMs: number): void;
  /** The process is gone at once; what it had on its way stays on its way. */
  kill(downMs: number): void;
  /** The process is gone, and none follows. */
  leave(): void;
  /** The next death by `disk.deathIn` keeps it down this long. */
  downAfterDeathMs: number;
  /** An orderly end, then `between`, then a start. */
  restart(downMs: number, between?: () => void): Promise<void>;
  /** The whole data folder as a backup would keep it; no process has it open. */
  backUp(): void;
  putBack(): void;
  hasBackup(): boolean;
  /** What this machine is known by; null = by nothing. */
  machine: string | null;
  startedAtMs(): number;
  /** Reads over the till's own connection, unnoticed; null while it has none. */
  peek<T>(read: (db: Database.Database) => T): T | null;
  /** Reads the database beside the till; the statements count for nothing. */
  inspect<T>(read: (db: Database.Database) => T): T;
  secrets: VaultSecrets;
  problems: string[];
}

export interface SimTillOptions {
  readonly scenario: Scenario;
  readonly main: MainParts;
  readonly folder: string;
  readonly time: VirtualTime;
  readonly network: Network;
  readonly host: KybioHost;
  readonly prng: Prng;
  readonly template: string;
  readonly log?: (line: string) => void;
}

const loggerOf = (time: VirtualTime, log: SimTillOptions['log']): Logger => {
  const tell = (level: string): Logger['info'] =>
    log === undefined
      ? () => undefined
      : (event, values) =>
          log(`${(time.now() / 1_000).toFixed(3)} ${level} ${event} ${JSON.stringify(values ?? {})}`);
  return { info: tell('info'), warn: tell('warn'), error: tell('error') };
};

/**
 * What `main/` survives and only a bug brings about; the disk's refusals are told by other events. An attempt that
 * outlives an orderly end, whose timers went off in another order, finds the database closed: the next start has it.
 */
const isOfABug = (event: string, values: Parameters<Logger['error']>[1]): boolean =>
  !String(values?.['error']).includes('The database connection is not open') &&
  (event === 'increment.failed' ||
    event === 'increment.end-failed' ||
    (event === 'sync.failed' && values?.['whatFor'] === 'look'));

const RETRY_OPEN_MS = 20_000;

export function createSimTill(options: SimTillOptions): SimTill {
  const { scenario, main, folder, time, network, host, prng, template, log } = options;
  const database = join(folder, DB_FILE);
  mkdirSync(dirname(database), { recursive: true });
  copyFileSync(template, database);
  let session: OpenedSession | null = null;
  let clock: TillClock | null = null;
  let startedAtMs = 0;
  let backedUp = false;
  const random = randomOf(prng.fork('till'));
  let secrets: VaultSecrets = {
    appKey: host.appKey,
    pinPepper: Buffer.alloc(32, 7),
    journalKey: Buffer.alloc(32, 9),
  };

  const end = (close: (db: Database.Database) => void) => {
    session = null;
    clock?.stop();
    clock = null;
    disk.deathIn = 0;
    disk.watching = false;
    for (const db of disk.opened) close(db);
    disk.opened.clear();
    network.senderDied();
  };

  const endInOrder = () => {
    end((db) => db.close());
    closeLeft();
  };

  const open = async (): Promise<void> => {
    const own = time.newTillClock();
    clock = own;
    const logger = loggerOf(time, log);
    const world: World = {
      folder,
      headCopyFolder: join(folder, 'copy'),
      clock: own,
      random,
      logger: {
        ...logger,
        error: (event, values) => {
          logger.error(event, values);
          // What the process's death throws is no bug.
          if (clock === own && isOfABug(event, values)) till.problems.push(`${event}: ${values?.['error']}`);
        },
      },
      vault: {
        load: async () => ({ state: 'present', secrets }),
        save: async (appKey) => {
          secrets = { ...secrets, appKey };
          return { ok: true, value: secrets };
        },
      },
      connect: (account) =>
        main.client.createKybioClient({
          account,
          clock: own,
          transport: network.transport(host, own),
        }),
      machine: { marks: async () => (till.machine === null ? {} : { board: till.machine }) },
      changed: () => undefined,
    };
    disk.watching = true;
    try {
      const opened = await main.opening.openLiveSession(world);
      if (clock !== own) return;
      if (!opened.ok || opened.value === null) throw new Error(opened.ok ? 'not set up' : opened.error.code);
      till.counts.starts += 1;
      startedAtMs = time.now();
      session = opened.value;
      session.start();
    } catch (thrown) {
      if (clock !== own || thrown instanceof ProcessDeath) return;
      log?.(`not opened: ${String(thrown)}`);
      if (!disk.full) till.problems.push(`the till does not open: ${String(thrown)}`);
      endInOrder();
      till.startIn(RETRY_OPEN_MS);
    }
  };

  const kill = (downMs: number) => {
    if (clock === null) return;
    log?.(`${(time.now() / 1_000).toFixed(3)} the process dies`);
    end(letDie);
    till.counts.crashes += 1;
    till.startIn(downMs);
  };

  const backup = join(folder, 'backup');
  const till: SimTill = {
    folder,
    counts: { crashes: 0, starts: 0, restores: 0 },
    problems: [],
    get secrets() {
      return secrets;
    },
    session: () => session,
    startedAtMs: () => startedAtMs,
    downAfterDeathMs: 1_000,
    startIn: (downMs) => {
      time.after(downMs, () => {
        if (clock !== null) return;
        void open();
      });
    },
    kill,
    leave: endInOrder,
    restart: async (downMs, between) => {
      const leaving = session;
      const own = clock;
      if (leaving === null) return;
      try {
        await leaving.close(5_000);
      } catch (thrown) {
        if (clock === own) log?.(`closing failed: ${String(thrown)}`);
      }
      if (clock !== own) return;
      endInOrder();
      between?.();
      till.startIn(downMs);
    },
    backUp: () => {
      rmSync(backup, { recursive: true, force: true });
      cpSync(join(folder, 'live'), backup, { recursive: true });
      backedUp = true;
    },
    putBack: () => {
      rmSync(join(folder, 'live'), { recursive: true, force: true });
      cpSync(backup, join(folder, 'live'), { recursive: true });
      till.counts.restores += 1;
    },
    hasBackup: () => backedUp,
    ...createImages(folder),
    machine: 'ours',
    peek: (read) => {
      const db = [...disk.opened].find(({ open }) => open);
      if (session === null || db === undefined) return null;
      disk.watching = false;
      try {
        return read(db);
      } finally {
        disk.watching = true;
      }
    },
    inspect: (read) => {
      const before = disk.watching;
      disk.watching = false;
      const db = new Database(database, { readonly: true });
      try {
        return read(db);
      } finally {
        db.close();
        disk.watching = before;
      }
    },
  };
  disk.onDeath = () => {
    kill(till.downAfterDeathMs);
    throw new ProcessDeath('the process died');
  };
  writeSettings(database, { 'till.config': configOf(scenario), ...settingsOf(scenario) });
  return till;
}

const settingsOf = ({ settings }: Scenario): Readonly<Record<string, unknown>> => ({
  'host.profile': settings.hostProfile,
  policy: settings.policy,
});
