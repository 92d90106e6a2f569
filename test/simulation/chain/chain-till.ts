import { cpSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { configureLive } from '../../../main/app/live-account.ts';
import { type OpenedSession, openLiveSession } from '../../../main/app/open-session.ts';
import type { World } from '../../../main/app/world.ts';
import type { TillConfig } from '../../../main/hosts/config.ts';
import { createKybioClient } from '../../../main/hosts/kybio/client.ts';
import type { Transport } from '../../../main/hosts/kybio/transport.ts';
import { openDatabase } from '../../../main/kernel/database/open.ts';
import { createSeals } from '../../../main/kernel/database/seals.ts';
import { createSettings } from '../../../main/kernel/database/settings-repository.ts';
import { backupFolder, databaseFile, liveFolder } from '../../../main/kernel/folders.ts';
import type { Logger, ReceiptCanvas } from '../../../main/kernel/ports.ts';
import { storeDay } from '../../../main/kernel/store-time.ts';
import { createTimeouts, type Timeouts } from '../../../main/kernel/timeouts.ts';
import { createMemoryVault, type Vault } from '../../../main/people/credentials/vault.ts';
import { checkHere } from '../../../main/safety/integrity/integrity.ts';
import type { createTillUse } from '../../../main/updates/till-use.ts';
import { ok } from '../../../preload/contract/index.ts';
import { CHEAP_PINS } from '../../kit/till.ts';
import { recordsWorker } from '../../kit/workers.ts';
import type { Network } from '../network.ts';
import { type Prng, randomOf } from '../prng.ts';
import { type Account, APP_KEY, STORE_ZONE } from './account.ts';
import { type ChainTime, type PcClock, pcClock } from './chain-time.ts';

/** What all tills of the chain stand in. */
export interface ChainWorld {
  readonly time: ChainTime;
  readonly account: Account;
  /** The folder of the chain. */
  readonly shared: string;
  readonly prng: Prng;
  /** What a till should never have said. */
  readonly problems: string[];
  /** What tills have said of a copy, or of their number. */
  readonly told: { readonly till: number; readonly event: string }[];
}

/** What its line has counted. */
export interface TillCalls {
  /** Begun by processes that were there to hear of their end. */
  underWay: number;
  /** Cut off with their process, which could not count them any more. */
  cutOff: number;
  /** Left the PC. */
  made: number;
  /** Came as far as KYBIO. */
  reached: number;
  /** What left, by the day of the till's clock. */
  readonly days: Map<string, number>;
  /** A copy's original had made so many. */
  readonly before: number;
}

/** A till's place, and what is true of its PC; the session is null while it is switched off. */
export interface ChainTill {
  readonly index: number;
  /** What its journal is sealed by: a copy has its original's. */
  readonly key: number;
  readonly shop: number;
  readonly name: string;
  readonly folder: string;
  number: number;
  readonly count: number;
  /** Goes by what the check-up has proven: KYBIO refuses the same twice. */
  readonly isProven: boolean;
  readonly network: Network;
  readonly calls: TillCalls;
  readonly use: ReturnType<typeof createTillUse>;
  offMs: number;
  /** By what its PC is known. */
  board: string;
  /** So many times its way to the folder is cut. */
  cuts: number;
  session: OpenedSession | null;
  clock: PcClock | null;
  /** What a person saved last, by its name. */
  readonly saved: Map<string, string>;
  readonly vault: Vault;
  picks: readonly string[];
  /** What its people do, one thing after the other. */
  busy: Promise<void>;
}

const HOST = 'https://kybio.example';

/** Every picture is one white dot. */
const noCanvas: ReceiptCanvas = {
  grey: async () => ({ grey: Uint8Array.of(255), width: 1 }),
  printers: async () => [],
  print: async () => 'no printer',
  pdf: async () => Uint8Array.of(0),
  pick: async () => ok(null),
};

const journalKeyOf = ({ key }: ChainTill): Buffer => Buffer.alloc(32, key);

/** As a keyring has them. */
export const vaultOf = (key: number, prng: Prng, owner: { readonly ownerKey?: string } = {}): Vault =>
  createMemoryVault(
    { appKey: APP_KEY, pinPepper: Buffer.alloc(32, 7), journalKey: Buffer.alloc(32, key), ...owner },
    randomOf(prng.fork('vault', key)),
  );

const configOf = (till: ChainTill): TillConfig => ({
  ...{ host: HOST, appId: 'APP', tillName: till.name, storeTimeZone: STORE_ZONE, currency: 'SGD' },
  ...{ language: 'en', tillNumber: till.number, tillCount: till.count },
});

/** As the check-up has left it, before the till is first opened. */
function prove(till: ChainTill): void {
  const opened = openDatabase(databaseFile(liveFolder(till.folder)));
  if (!opened.ok) throw new Error(opened.error.code);
  const settings = createSettings(opened.value, createSeals(opened.value, journalKeyOf(till)));
  const duplicates = till.isProven ? { greatestAgeMs: 86_400_000 } : null;
  settings.set('host.profile', JSON.stringify({ checkedAtMs: 1, duplicates, log: null }));
  opened.value.close();
}

/** Sets the till up on its disk. */
export function setUp(till: ChainTill): void {
  mkdirSync(till.folder, { recursive: true });
  const problem = configureLive(till.folder, configOf(till), journalKeyOf(till));
  if (problem !== null) throw new Error(`${till.name}: ${problem.code}`);
  prove(till);
}

/** The disks of a shop: time stands still while they work, and a folder behind a cut line never answers. */
function timeoutsOf({ time, shared }: ChainWorld, till: ChainTill, clock: PcClock): Timeouts {
  const timeouts = createTimeouts(clock);
  return {
    isBusy: timeouts.isBusy,
    run: async (of) => {
      if (till.cuts > 0 && of.place.startsWith(shared)) {
        await time.wait(of.limitMs);
        throw Object.assign(new Error('no answer'), { code: 'ETIMEDOUT' });
      }
      return time.hold(() => timeouts.run(of));
    },
  };
}

function transportOf({ account }: ChainWorld, till: ChainTill, clock: PcClock): Transport {
  const way = till.network.transport(account.seenBy(till.calls), clock);
  return {
    ...way,
    exchange: async (request) => {
      const { calls } = till;
      calls.underWay += 1;
      const exchange = await way.exchange(request);
      calls.underWay -= 1;
      if (exchange.phase === 'connecting') return exchange;
      calls.made += 1;
      const day = storeDay(clock.nowMs(), STORE_ZONE);
      calls.days.set(day, (calls.days.get(day) ?? 0) + 1);
      return exchange;
    },
  };
}

/** What a till is to say of the worlds that it is in. */
const expectedEvents: ReadonlySet<string> = new Set([
  'till.copy-met',
  'till.number-twice',
  'chain.copy-writes',
]);

const loggerOf = ({ problems, told }: ChainWorld, till: ChainTill, clock: PcClock): Logger => ({
  info: () => undefined,
  warn: () => undefined,
  error: (event, values) => {
    // A process whose plug was pulled says nothing any more.
    if (!clock.alive()) return;
    if (expectedEvents.has(event)) told.push({ till: till.index, event });
    else problems.push(`${till.name}: ${event} ${JSON.stringify(values)}`);
  },
});

/** The PC is switched on. */
export async function openTill(world: ChainWorld, till: ChainTill): Promise<void> {
  const { time, prng, shared } = world;
  const clock = pcClock(time, () => till.offMs);
  till.clock = clock;
  const { board } = till;
  const random = randomOf(prng.fork('till', till.index, time.now()));
  const parts: World = {
    ...{ folder: till.folder, headCopyFolder: join(till.folder, 'copy'), clock, random },
    ...{ logger: loggerOf(world, till, clock), pinCost: CHEAP_PINS, use: till.use },
    vault: till.vault,
    connect: (account) => createKybioClient({ account, clock, transport: transportOf(world, till, clock) }),
    backups: {
      folder: backupFolder(till.folder),
      integrity: checkHere,
      disk: { free: async () => null },
      picker: { pick: async () => shared },
      timeouts: timeoutsOf(world, till, clock),
    },
    receipts: {
      canvas: noCanvas,
      saver: {
        save: async (file) => {
          file.begin?.();
          till.saved.set(file.name, String(file.text));
          return ok(file.name);
        },
      },
    },
    exports: { recordsWorker, place: { pick: async (file) => join(till.folder, file) } },
    reportPicker: { pickMany: async () => till.picks },
    machine: { marks: async () => ({ board }) },
    changed: () => undefined,
  };
  const opened = await time.hold(() => openLiveSession(parts));
  if (!opened.ok || opened.value === null)
    throw new Error(`${till.name} does not open: ${opened.ok ? 'not set up' : opened.error.code}`);
  till.session = opened.value;
  till.use.page('free');
  opened.value.start();
}

/** The PC is switched off in order, or its plug is pulled. */
export async function closeTill(till: ChainTill): Promise<void> {
  const { session, clock } = till;
  till.session = null;
  till.clock = null;
  // What it has begun in a folder that does not answer, it waits for.
  await session?.close(0);
  clock?.stop();
  till.network.senderDied();
}

/** The whole disk, as an image of it or a bare copy of the folder has it; no process has either open. */
export function copyDisk(from: ChainTill, to: ChainTill): void {
  rmSync(to.folder, { recursive: true, force: true });
  cpSync(from.folder, to.folder, { recursive: true });
}
