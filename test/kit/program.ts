import { join } from 'node:path';
import { expect, onTestFinished } from 'vitest';
import { createHandlers } from '../../main/app/handlers.ts';
import type { Handlers } from '../../main/app/ipc/dispatch.ts';
import { accountProblem, configureLive, isLiveConfigured, liveConfig } from '../../main/app/live-account.ts';
import { type OpenedSession, openLiveSession, openPracticeSession } from '../../main/app/open-session.ts';
import { createTill, type Till } from '../../main/app/till.ts';
import type { ExportWorld, World } from '../../main/app/world.ts';
import { kybio } from '../../main/hosts/kybio/kybio.ts';
import { backupFolder, liveFolder } from '../../main/kernel/folders.ts';
import type { CustomerScreen } from '../../main/kernel/ports.ts';
import { createMemoryVault, type Vault } from '../../main/people/credentials/vault.ts';
import { createRestoreRoom } from '../../main/safety/backups/restore-room.ts';
import type { BackupWorld } from '../../main/safety/slice.ts';
import type { TillUse } from '../../main/updates/till-use.ts';
import type { Updates } from '../../main/updates/updates.ts';
import {
  applyChanges,
  type ChannelArgs,
  type ChannelName,
  type ChannelReply,
  type ClosingAnswer,
  changesSchema,
  channels,
  type Result,
  type Snapshot,
} from '../../preload/contract/index.ts';
import { realClock, realRandom } from './practice-store.ts';
import { stationOf, supportOf } from './support.ts';
import { backupsOf, CHEAP_PINS, silentLogger, temporaryFolder } from './till.ts';

export interface Program {
  readonly folder: string;
  readonly till: Till<OpenedSession>;
  /** What a page showed after every push, oldest first. */
  readonly pushed: readonly Snapshot[];
  readonly vault: Vault;
  /** What the page said of the question whether to close. */
  readonly closingAnswers: readonly ClosingAnswer[];
  /** The login item, the kiosk and the customer's display, as the computer has them now. */
  readonly station: ReturnType<typeof stationOf>['state'];
  /** What dispatch answers by. */
  readonly handlers: Handlers;
  /** A channel as the bridge calls it: arguments and replies are held against the contract. */
  call<N extends ChannelName>(channel: N, args: ChannelArgs<N>): Promise<Result<ChannelReply<N>>>;
  /** The same, where it must succeed. */
  must<N extends ChannelName>(channel: N, args: ChannelArgs<N>): Promise<ChannelReply<N>>;
  until(holds: (snapshot: Snapshot) => boolean): Promise<Snapshot>;
}

/** The whole program without Electron, on its real parts. */
export function openProgram(
  options: {
    folder?: string;
    vault?: Vault;
    updates?: Updates;
    use?: TillUse;
    backups?: Partial<BackupWorld>;
    customerScreen?: CustomerScreen;
    exports?: ExportWorld;
    receipts?: World['receipts'];
  } = {},
): Program {
  const folder = options.folder ?? temporaryFolder();
  const vault = options.vault ?? createMemoryVault(null, realRandom);
  const pushed: Snapshot[] = [];
  const waiters = new Set<(snapshot: Snapshot) => void>();
  const world: World = {
    ...{ folder, vault, clock: realClock, random: { ...realRandom, unit: () => 0 }, logger: silentLogger },
    headCopyFolder: join(folder, 'copy'),
    pinCost: CHEAP_PINS,
    backups: backupsOf(folder, options.backups),
    changed: (...topics) => till.changed(...topics),
    onDamaged: (problem) => till.giveUp(problem),
    ...(options.updates === undefined ? {} : { updates: options.updates }),
    ...(options.use === undefined ? {} : { use: options.use }),
    ...(options.customerScreen === undefined ? {} : { customerScreen: options.customerScreen }),
    ...(options.exports === undefined ? {} : { exports: options.exports }),
    ...(options.receipts === undefined ? {} : { receipts: options.receipts }),
  };
  const till: Till<OpenedSession> = createTill({
    ...world,
    open: {
      live: () => openLiveSession(world),
      practice: () => openPracticeSession(world, 'Asia/Singapore'),
      accountProblem: (config) => accountProblem(folder, config),
      isLiveConfigured: () => isLiveConfigured(folder),
      liveConfig: () => liveConfig(folder),
      configureLive: (config) => configureLive(folder, config),
    },
    onChanges: (changes) => {
      page = { ...applyChanges(page, changesSchema.parse(changes)) };
      pushed.push(page);
      for (const waiter of [...waiters]) waiter(page);
      return true;
    },
  });
  // As a page: it knows the first snapshot, and what was pushed since.
  let page = till.snapshot();
  onTestFinished(() => till.stop(0));
  const closingAnswers: ClosingAnswer[] = [];
  const door = { answer: (word: ClosingAnswer) => void closingAnswers.push(word) };
  const restore = createRestoreRoom({
    ...{ ...world, ...backupsOf(folder, options.backups), till, machine: null, protocol: kybio },
    liveFolder: liveFolder(folder),
    backupFolder: backupFolder(folder),
  });
  const station = stationOf(world);
  const updated = {
    ...(options.updates === undefined ? {} : { updates: options.updates }),
    ...(options.use === undefined ? {} : { use: options.use }),
  };
  const handlers = createHandlers(
    {
      ...{ till, door, protocol: kybio },
      ...{ clock: realClock, logger: silentLogger },
      ...updated,
    },
    [supportOf(world, till), station.room, restore],
  );
  const call: Program['call'] = async (channel, args) => {
    const shape = channels[channel];
    const handler = handlers[channel] as (parsed: unknown) => Promise<Result<unknown>>;
    const result = await handler(shape.args.parse(args));
    if (channel === 'app:snapshot' && result.ok) expect(result.value).toEqual(page);
    return result.ok ? { ok: true, value: shape.reply.parse(result.value) as never } : result;
  };
  return {
    ...{ folder, till, pushed, vault, closingAnswers, handlers, call },
    station: station.state,
    must: async (channel, args) => {
      const result = await call(channel, args);
      if (!result.ok) throw new Error(`${channel}: ${result.error.code}`);
      return result.value;
    },
    until: (holds) =>
      new Promise((resolve) => {
        const check = (snapshot: Snapshot) => {
          if (!holds(snapshot)) return;
          waiters.delete(check);
          resolve(snapshot);
        };
        waiters.add(check);
        check(till.snapshot());
      }),
  };
}

/** A member as the cashier sees one. */
export interface Seen {
  readonly customerUid: string;
  readonly number: string;
  readonly name: string;
}

export const stranger: Seen = { customerUid: '1', number: '1', name: 'Nobody' };

export const topUp = ({ customerUid, number, name }: Seen, change: object = {}) => ({
  requestId: realRandom.uuid(),
  ...{ customerUid, customerNumber: number, customerName: name },
  balanceIncrement: '10.00',
  pointIncrement: '0',
  note: '',
  ...change,
});
