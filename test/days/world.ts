import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { configureLive } from '../../main/app/live-account.ts';
import { type OpenedSession, openLiveSession } from '../../main/app/open-session.ts';
import type { World } from '../../main/app/world.ts';
import { createKybioClient } from '../../main/hosts/kybio/client.ts';
import { kybio } from '../../main/hosts/kybio/kybio.ts';
import type { MemberHost } from '../../main/hosts/port/member-host.ts';
import { createPracticeStore } from '../../main/hosts/practice/store.ts';
import type { PracticeStore } from '../../main/hosts/practice/types.ts';
import { backupFolder, liveFolder } from '../../main/kernel/folders.ts';
import type { Clock, Logger, ReceiptCanvas } from '../../main/kernel/ports.ts';
import { createTimeouts } from '../../main/kernel/timeouts.ts';
import { createMemoryVault } from '../../main/people/credentials/vault.ts';
import { restoreBackup } from '../../main/safety/backups/restore.ts';
import { checkHere } from '../../main/safety/integrity/integrity.ts';
import { ok, type ShiftReport } from '../../preload/contract/index.ts';
import { createTestClock, type TestClock } from '../kit/clock.ts';
import { type FakePrinter, switchOnPrinter } from '../kit/played-printer.ts';
import { recordsWorker } from '../kit/workers.ts';
import { type Prng, randomOf } from '../simulation/prng.ts';
import { quickFolder } from '../simulation/worker.ts';

/** Which of the two tills, whatever it is called by now. */
export const tillNames = ['A', 'B'] as const;
export type TillName = (typeof tillNames)[number];

/** A report's file, as a till proposes it. */
export const savedName = (
  { kind, number, till, businessDay }: Pick<ShiftReport, 'kind' | 'number' | 'till' | 'businessDay'>,
  ending: string,
): string => `${kind.toUpperCase()}${number} ${till} ${businessDay}${ending}`;

/** What a mutant does to a till that was just opened: an injected part, where a fault in `main/` would be. */
export type Inject = (session: OpenedSession) => void;

export interface DayTill {
  readonly name: TillName;
  readonly folder: string;
  session: OpenedSession;
  /** What its PC's clock is off by. */
  offMs: number;
  /** As it is called on the screen. */
  called: string;
  readonly clock: Clock;
  /** What a person saved last, by its name. */
  readonly saved: Map<string, string>;
  /** What it prints on, and what opens its drawer. */
  readonly printer: FakePrinter;
  /** Files that a person picks next. */
  picks: readonly string[];
  /** It was told that entries may be others than they were, since somebody looked. */
  isChanged: boolean;
}

export interface DayWorld {
  readonly folder: string;
  readonly clock: TestClock;
  readonly store: PracticeStore;
  till(name: TillName): DayTill;
  /** Everything that can happen without time passing has happened, at both tills. */
  settle(): Promise<void>;
  /** Lets time pass until `holds`, never while a call is on its way; false where it does not come to hold in time. */
  drive(holds: () => boolean, withinMs: number): Promise<boolean>;
  pass(byMs: number): Promise<void>;
  /** Closed and opened again, by another name too, with its clock as it is. */
  restart(name: TillName, called?: string): Promise<void>;
  /** Puts a backup in the place of the records. */
  restore(name: TillName, backup: { readonly file: string; readonly atMs: number }): Promise<void>;
  close(): Promise<void>;
}

const CHEAP_PINS = 2;
const TICKS = 4;

const silent: Logger = { info: () => undefined, warn: () => undefined, error: () => undefined };
const nextTick = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** Every picture is one white dot: the words of a paper are read before they become one. */
const noCanvas: ReceiptCanvas = {
  grey: async () => ({ grey: Uint8Array.of(255), width: 1 }),
  printers: async () => [],
  print: async () => 'no printer',
  pdf: async () => Uint8Array.of(0),
  pick: async () => ok(null),
};

/** Calls that are on their way, of both tills: time stands still for them. */
interface UnderWay {
  calls: number;
}

function counting(client: MemberHost, underWay: UnderWay): MemberHost {
  const counted =
    <A extends readonly unknown[], R>(call: (...args: A) => Promise<R>) =>
    async (...args: A): Promise<R> => {
      underWay.calls += 1;
      try {
        return await call(...args);
      } finally {
        underWay.calls -= 1;
      }
    };
  return {
    sendIncrement: counted(client.sendIncrement),
    readByNumber: counted(client.readByNumber),
    readByUid: counted(client.readByUid),
    readByPhone: counted(client.readByPhone),
    readMembersPage: counted(client.readMembersPage),
    readLog: counted(client.readLog),
    readLogOfAll: counted(client.readLogOfAll),
    readCallCount: counted(client.readCallCount),
    networkChanged: () => client.networkChanged(),
    close: () => client.close(),
  };
}

const journalKeyOf = (name: TillName): Buffer => Buffer.alloc(32, name === 'A' ? 11 : 12);

/** A PC's own clock: it may be set, and goes on as all others. */
const offBy = (clock: TestClock, till: () => number): Clock => ({
  nowMs: () => clock.nowMs() + till(),
  monotonicMs: clock.monotonicMs,
  schedule: clock.schedule,
});

interface Opening {
  readonly store: PracticeStore;
  readonly clock: TestClock;
  readonly prng: Prng;
  readonly underWay: UnderWay;
  readonly inject: Inject;
}

const vaultOf = (name: TillName, { store, prng }: Opening) =>
  createMemoryVault(
    { appKey: store.appKey, pinPepper: Buffer.alloc(32, 7), journalKey: journalKeyOf(name) },
    randomOf(prng.fork('vault', name)),
  );

const backupsOf = (till: DayTill) => ({
  folder: backupFolder(till.folder),
  integrity: checkHere,
  disk: { free: async () => null },
  picker: { pick: async () => null },
  timeouts: createTimeouts(till.clock),
});

/** The shipped parts of main on a folder, with sockets and a database, and no window. */
async function openSession(till: DayTill, opening: Opening, opened: number): Promise<OpenedSession> {
  const { store, prng, underWay, inject } = opening;
  const { folder, clock, name, called } = till;
  const config = {
    ...{ host: store.baseUrl, appId: store.appId, tillName: called, storeTimeZone: 'Asia/Singapore' },
    ...{ currency: 'SGD', language: 'en', tillNumber: name === 'A' ? 1 : 2, tillCount: 2 },
  };
  const problem = configureLive(folder, config, journalKeyOf(name));
  if (problem !== null) throw new Error(problem.code);
  const world: World = {
    ...{ folder, clock, logger: silent, pinCost: CHEAP_PINS, vault: vaultOf(name, opening) },
    headCopyFolder: join(folder, 'copy'),
    // Waits as long as they get: an hour without a network is then a few dozen attempts.
    random: { ...randomOf(prng.fork('till', name, opened)), unit: () => 0.999 },
    connect: (account) => counting(createKybioClient({ account, clock, logger: silent }), underWay),
    backups: backupsOf(till),
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
    exports: { recordsWorker, place: { pick: async (file) => join(folder, file) } },
    reportPicker: { pickMany: async () => till.picks },
    changed: (...topics) => {
      if (topics.includes('counts')) till.isChanged = true;
    },
  };
  const made = await openLiveSession(world);
  if (!made.ok || made.value === null) throw new Error('the till does not open');
  inject(made.value);
  return made.value;
}

/** Two tills of one account and their host, each with records, ledger and clock of its own. */
export async function openDayWorld(
  prng: Prng,
  startMs: number,
  inject: Inject = () => undefined,
): Promise<DayWorld> {
  const folder = quickFolder();
  const clock = createTestClock(startMs);
  const store = await createPracticeStore({
    ...{ clock, random: randomOf(prng.fork('store')), storeTimeZone: 'Asia/Singapore' },
  });
  const underWay: UnderWay = { calls: 0 };
  const opening: Opening = { store, clock, prng, underWay, inject };
  const tills = new Map<TillName, DayTill>();
  let openings = 0;

  const settle = async () => {
    for (let still = 0; still < TICKS; still += 1) {
      await nextTick();
      if (underWay.calls > 0) still = -1;
    }
  };
  const drive: DayWorld['drive'] = async (holds, withinMs) => {
    const untilMs = clock.monotonicMs() + withinMs;
    for (;;) {
      await settle();
      if (holds()) return true;
      if (clock.monotonicMs() > untilMs || !clock.runNext()) return false;
    }
  };
  const till: DayWorld['till'] = (name) => {
    const found = tills.get(name);
    if (found === undefined) throw new Error(`no till ${name}`);
    return found;
  };
  const open = async (of: DayTill) => {
    openings += 1;
    of.session = await openSession(of, opening, openings);
    of.session.start();
    of.isChanged = true;
    await settle();
  };
  for (const name of tillNames) {
    const own = join(folder, name);
    mkdirSync(own);
    const made: DayTill = {
      ...{ name, folder: own, offMs: 0, called: name === 'A' ? 'Counter 1' : 'Counter 2' },
      clock: offBy(clock, () => made.offMs),
      ...{
        saved: new Map<string, string>(),
        picks: [],
        isChanged: true,
        session: null as unknown as OpenedSession,
      },
      printer: await switchOnPrinter(),
    };
    tills.set(name, made);
    await open(made);
  }
  return {
    ...{ folder, clock, store, till, settle, drive },
    pass: async (byMs) => {
      let passed = false;
      const forget = clock.schedule(byMs, () => {
        passed = true;
      });
      await drive(() => passed, byMs + 1);
      forget();
    },
    restart: async (name, called) => {
      const of = till(name);
      await of.session.close(0);
      of.called = called ?? of.called;
      await open(of);
    },
    restore: async (name, backup) => {
      const of = till(name);
      await of.session.close(0);
      const parts = {
        ...{ clock: of.clock, random: randomOf(prng.fork('restore', openings)), logger: silent },
        ...{ integrity: checkHere, protocol: kybio, machine: null, vault: vaultOf(name, opening) },
        ...{ liveFolder: liveFolder(of.folder), headCopyFolder: join(of.folder, 'copy') },
        backupFolder: backupFolder(of.folder),
      };
      const wish = { file: backup.file, madeAtMs: backup.atMs, otherMachine: false, secrets: null, open: [] };
      const done = await restoreBackup(parts, wish);
      if (!done.ok) throw new Error(done.error.code);
      await open(of);
    },
    close: async () => {
      for (const { session, printer } of tills.values()) {
        await session?.close(0);
        await printer.off();
      }
      await store.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** A file that a till wrote somewhere. */
export const textOf = (file: string): string => readFileSync(file, 'utf8');
export const scratchIn = (folder: string): string => mkdtempSync(join(folder, 'files-'));
