import { existsSync, readFileSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { createDispatch } from '../../main/app/ipc/dispatch.ts';
import { databaseFile, liveFolder } from '../../main/kernel/folders.ts';
import { firstPermissions } from '../../main/people/person.ts';
import type { Updates } from '../../main/updates/updates.ts';
import {
  type ChannelName,
  channelNames,
  channels,
  guardedActs,
  isAskedAgain,
  managersAct,
  type Result,
} from '../../preload/contract/index.ts';
import { anyArgs } from '../kit/any-args.ts';
import { bytesOf, recordsOf } from '../kit/live-folder.ts';
import { LIVE_PIN, openLiveProgram } from '../kit/live-program.ts';
import { realRandom } from '../kit/practice-store.ts';
import { openProgram, type Program } from '../kit/program.ts';
import { silentLogger, temporaryFolder } from '../kit/till.ts';

// Every channel × everything that may be open, asked by a page that lies. Whether a request is let in follows from what the
// contract says of its channel; what it then has touched is seen on the disk, in the computer's settings and at the door.

const origin = 'app://till';
const pins = { boss: '482915', mei: '391726', practice: '571904' };

interface World {
  readonly program: Program;
  /** Sends what a page sends; the code of what was refused, or ok. */
  send(name: ChannelName, args?: object): Promise<string>;
  /** As it was before the first, before each one that is asked: who is there is there again. */
  readonly again?: () => Promise<unknown>;
  /** Ends what keeps the till between two. */
  readonly release?: () => void;
}

function pageOf(program: Program): World['send'] {
  const dispatch = createDispatch({
    ...{ handlers: program.handlers, allowedOrigin: origin, logger: silentLogger, random: realRandom },
  });
  return async (name, args = anyArgs[name]) => {
    const sender = { isTillWindow: true, isMainFrame: true, origin };
    const answer: Result<unknown> = await dispatch({ channel: name, args }, sender);
    return answer.ok ? 'ok' : answer.error.code;
  };
}

/** Nobody's PIN is known to it; but for the one whose own argument it is. */
const withoutPin =
  (send: World['send']): World['send'] =>
  (name, args: object = anyArgs[name]) => {
    const { pin: _, ...rest } = args as { readonly pin?: string };
    return send(name, isForManagers(name) && name !== 'manager:unlock' ? rest : args);
  };

/** Notes what it is asked for. */
function notingUpdates(): { readonly updates: Updates; readonly asked: string[] } {
  const asked: string[] = [];
  const note = async (what: string) => {
    asked.push(what);
    return { ok: true as const, value: {} };
  };
  const updates: Updates = {
    status: () => ({
      ...{ state: 'ready', program: '1.0.0', version: '1.1.0', megabytes: 1, percent: 100, problem: null },
      whyNot: [],
    }),
    ...{
      page: () => undefined,
      attach: () => () => undefined,
      start: () => undefined,
      stop: () => undefined,
    },
    check: async () => void asked.push('check'),
    download: () => note('download'),
    installNow: () => note('install'),
    installAtStart: async () => false,
  };
  return { updates, asked };
}

const askedOf = new WeakMap<Program, readonly string[]>();

async function openWith(options: Parameters<typeof openProgram>[0], isLive: boolean): Promise<Program> {
  const { updates, asked } = notingUpdates();
  const program = isLive
    ? await openLiveProgram({ updates, ...options })
    : openProgram({ updates, ...options });
  askedOf.set(program, asked);
  return program;
}

/** The program's settings and what was asked of the computer for it. */
const programFacts = (program: Program): string =>
  JSON.stringify([
    program.station,
    existsSync(join(program.folder, 'station.json')) &&
      readFileSync(join(program.folder, 'station.json'), 'utf8'),
    askedOf.get(program),
    program.closingAnswers,
  ]);

/** A live till with a manager and a cashier, whom everything is denied that can be. */
async function openShop(options: Parameters<typeof openProgram>[0] = {}) {
  const program = await openWith(options, true);
  const shown = () => program.till.snapshot().people;
  const version = () => shown()?.version ?? 0;
  await program.must('people:add', {
    ...{ version: 0, name: 'Boss', role: 'manager', language: null, newPin: pins.boss, pin: LIVE_PIN },
  });
  const boss = { person: shown()?.signedIn ?? '', pin: pins.boss };
  await program.must('people:add', {
    ...{ version: version(), name: 'Mei', role: 'cashier', language: null, newPin: pins.mei, pin: boss },
  });
  const acts = Object.fromEntries(guardedActs.map((act) => [act, 'deny'])) as never;
  await program.must('people:setPermissions', {
    version: version(),
    permissions: { ...firstPermissions, acts },
  });
  await program.must('station:save', { startAtLogin: true, kiosk: true, customerDisplay: true });
  const signIn = (name: 'Boss' | 'Mei') =>
    program.must('people:signIn', {
      person: shown()?.list.find((one) => one.name === name)?.id ?? '',
      pin: name === 'Boss' ? pins.boss : pins.mei,
    });
  return { program, send: pageOf(program), signIn, boss };
}

/** From a live till of a shop to the practice store, as a cashier goes there. */
async function practising(): Promise<World> {
  const { program, send, signIn } = await openShop();
  await signIn('Mei');
  await program.must('setup:openPractice', {});
  await program.must('manager:makePin', { pin: pins.practice, appKey: '' });
  return {
    program,
    // With a PIN that the page has made up there itself.
    send: (name, args: object = anyArgs[name]) =>
      send(name, 'pin' in args ? { ...args, pin: pins.practice } : args),
  };
}

const mayOf = (name: ChannelName) => channels[name].may;
const isForManagers = (name: ChannelName) => !['anyone', 'signed-in'].includes(mayOf(name));
const isElsewhere = (name: ChannelName) => ['live', 'program'].includes(channels[name].touches);
const forbids = (name: ChannelName) => mayOf(name) !== 'anyone' && channels[name].touches !== 'nothing';

interface State {
  readonly open: () => Promise<World>;
  /** The code of a request that nobody lets in; null where it is let in. */
  readonly refusal: (name: ChannelName) => string | null;
  /** What must be the same after each request, whether or not it was let in; but for what is named. */
  readonly keeps: (program: Program) => string;
  /** What may reach what `keeps` looks at. */
  readonly named: readonly ChannelName[];
}

const closed = (program: Program) => programFacts(program) + bytesOf(program.folder);
const opened = (program: Program) => programFacts(program) + recordsOf(program.folder);

/** Nobody can be proven to be a manager; of the rest each room that needs no till says what stands against it. */
const withoutTill = (name: ChannelName) => (isForManagers(name) ? 'not-set-up' : null);
/** Where people are set up the till's own PIN, which unlocking always has with it, makes nobody a manager. */
const whileLocked = (name: ChannelName) => {
  if (name === 'manager:unlock') return 'approver-not-manager';
  return mayOf(name) === 'anyone' ? null : 'till-locked';
};
/** It would hide what must be looked at. */
const opensPractice = (name: ChannelName) => name === 'setup:openPractice';
const puttingBack: readonly ChannelName[] = ['restore:find', 'restore:look', 'restore:start'];
const whileOpening = (name: ChannelName) => (forbids(name) ? 'till-opening' : null);

const states: Record<string, State> = {
  locked: {
    open: async () => {
      const { program, send } = await openShop();
      await program.must('people:lock', {});
      return { program, send: withoutPin(send) };
    },
    refusal: whileLocked,
    keeps: opened,
    named: ['app:close'],
  },
  practice: {
    open: practising,
    refusal: (name) => (forbids(name) && isElsewhere(name) ? 'not-from-practice' : null),
    keeps: closed,
    named: ['app:close', 'setup:leavePractice'],
  },
  'practice from locked, which it cannot be': {
    open: async () => {
      const { program, send } = await openShop();
      await program.must('people:lock', {});
      expect(await send('setup:openPractice')).toBe('till-locked');
      return { program, send: withoutPin(send) };
    },
    refusal: whileLocked,
    keeps: opened,
    named: ['app:close'],
  },
  'practice that is locked itself': {
    open: async () => {
      const world = await practising();
      await world.program.must('people:add', {
        ...{ version: 0, name: 'Eve', role: 'manager', language: null, newPin: pins.boss },
        pin: pins.practice,
      });
      await world.program.must('people:lock', {});
      return { program: world.program, send: withoutPin(pageOf(world.program)) };
    },
    refusal: (name) => {
      if (forbids(name) && isElsewhere(name)) return 'not-from-practice';
      return whileLocked(name);
    },
    keeps: closed,
    named: ['app:close', 'setup:leavePractice'],
  },
  'no session, before the first is open': {
    open: async () => {
      const program = await openWith({}, false);
      return { program, send: pageOf(program) };
    },
    refusal: whileOpening,
    keeps: closed,
    named: ['app:close'],
  },
  switching: {
    open: async () => {
      const { program, send } = await openShop();
      let release = (): void => undefined;
      await new Promise<void>((begun) => {
        void program.till.reopenAfter(program.till.session(), async () => {
          begun();
          await new Promise<void>((end) => {
            release = end;
          });
          return { ok: true, value: {} };
        });
      });
      return { program, send, release: () => release() };
    },
    refusal: whileOpening,
    keeps: closed,
    named: ['app:close'],
  },
  'records broken': {
    open: async () => {
      const { program } = await openShop();
      await program.till.stop(0);
      const { folder, vault } = program;
      truncateSync(databaseFile(liveFolder(folder)), 4_096);
      const after = await openWith({ folder, vault }, false);
      await after.till.start();
      expect(after.till.snapshot().mode).toBe('broken');
      return { program: after, send: pageOf(after) };
    },
    refusal: (name) => (opensPractice(name) ? 'database-corrupt' : withoutTill(name)),
    keeps: (program) => bytesOf(program.folder) + JSON.stringify(program.station),
    named: [],
  },
  'broken with whole records': {
    open: async () => {
      const { program } = await openShop();
      await program.till.stop(0);
      const { folder, vault } = program;
      const db = new Database(databaseFile(liveFolder(folder)));
      db.pragma('user_version = 999');
      db.close();
      const after = await openWith({ folder, vault }, false);
      await after.till.start();
      expect(after.till.snapshot()).toMatchObject({ mode: 'broken', problem: { code: 'database-newer' } });
      return { program: after, send: pageOf(after) };
    },
    // The other two say themselves why these records do not open.
    refusal: (name) => {
      if (opensPractice(name)) return 'database-newer';
      return puttingBack.includes(name) ? 'records-not-damaged' : withoutTill(name);
    },
    keeps: (program) => bytesOf(program.folder) + JSON.stringify(program.station),
    named: [],
  },
  'retired, with a backup that could be put back': {
    open: async () => {
      const { program, signIn, boss } = await openShop();
      await signIn('Boss');
      await program.must('backups:now', {});
      const session = program.till.session();
      const tillId = session?.ledger.tillIdentity.tillId ?? '';
      session?.records.tillCopies.meet({ tillId, epoch: 'f'.repeat(16) }, 'paper');
      await program.must('backups:standDown', { pin: boss });
      expect(program.till.snapshot().problem).toMatchObject({ code: 'till-retired' });
      await program.must('restore:find', { elsewhere: false });
      await program.must('restore:look', { id: '0' });
      // Without a PIN, and as if somebody had said that the other one is gone.
      const send = withoutPin(pageOf(program));
      const start = { id: '0', otherMachine: true };
      return {
        program,
        send: (name, args) => send(name, name === 'restore:start' ? start : args),
      };
    },
    refusal: (name) => {
      if (opensPractice(name)) return 'till-retired';
      return name === 'restore:start' ? 'manager-locked' : withoutTill(name);
    },
    keeps: (program) => bytesOf(program.folder) + JSON.stringify(program.station),
    named: [],
  },
  'nothing set up': {
    open: async () => {
      const program = await openWith({}, false);
      await program.till.start();
      return { program, send: pageOf(program) };
    },
    refusal: withoutTill,
    keeps: (program) => bytesOf(program.folder) + JSON.stringify(program.station),
    named: [],
  },
  'nobody set up': {
    open: async () => {
      const program = await openWith({ folder: temporaryFolder() }, true);
      const send = pageOf(program);
      // Without a PIN: nobody knows it.
      return {
        program,
        send: withoutPin(send),
      };
    },
    refusal: (name) => {
      if (!isForManagers(name)) return null;
      return name === 'manager:unlock' ? 'manager-pin-wrong' : 'manager-locked';
    },
    keeps: (program) => JSON.stringify(program.station),
    named: [],
  },
  'cashier with all denied': {
    open: async () => {
      const { program, send, signIn } = await openShop();
      return {
        program,
        send: withoutPin(send),
        again: () => signIn('Mei'),
      };
    },
    refusal: (name) => {
      if (!isForManagers(name)) return null;
      if (name === 'manager:unlock') return 'approver-not-manager';
      return mayOf(name) === 'manager' ? 'manager-locked' : 'act-denied';
    },
    keeps: (program) => JSON.stringify(program.station),
    named: [],
  },
  manager: {
    open: async () => {
      const { program, send, signIn } = await openShop();
      return {
        program,
        send: withoutPin(send),
        again: () => signIn('Boss'),
      };
    },
    refusal: (name) => {
      if (name === 'manager:unlock') return 'approver-not-manager';
      const isUnproven = isForManagers(name) || name === 'shifts:move';
      return isUnproven && isAskedAgain(managersAct(name, anyArgs[name])) ? 'manager-locked' : null;
    },
    keeps: programFacts,
    named: channelNames.filter((name) => channels[name].touches === 'program'),
  },
};

/** What no request is answered with that was let in. */
const refusals: readonly string[] = [
  ...(['till-locked', 'till-opening', 'not-from-practice', 'records-not-damaged'] as const),
  ...(['manager-locked', 'act-denied', 'approval-needed'] as const),
];

/** After these something else is open: each is asked in a world of its own. */
const moving: readonly ChannelName[] = [
  ...(['setup:openPractice', 'setup:leavePractice', 'setup:setPlace'] as const),
  ...(['setup:connect', 'backups:move', 'backups:standDown', 'restore:start'] as const),
];

async function ask(world: World, state: State, name: ChannelName): Promise<string | null> {
  await world.again?.();
  const before = state.keeps(world.program);
  const answering = world.send(name);
  const isWaiting = world.release !== undefined && name === 'setup:leavePractice';
  // It comes in turn, once the till is open: then there is no practice to leave.
  if (isWaiting) world.release?.();
  const code = await answering;
  const wanted = state.refusal(name);
  if (wanted !== null && code !== wanted) return `${name}: ${code} instead of ${wanted}`;
  const isWithin = name === 'shifts:move' && code === 'act-denied';
  if (wanted === null && refusals.includes(code) && !isWithin)
    return `${name}: ${code} although it is let in`;
  if (isWaiting || state.named.includes(name)) return null;
  return state.keeps(world.program) === before ? null : `${name}: ${code}, and it is not as it was`;
}

describe('every channel', () => {
  it.each(Object.entries(states))('%s', async (_, state) => {
    const found: (string | null)[] = [];
    const world = await state.open();
    for (const name of channelNames) if (!moving.includes(name)) found.push(await ask(world, state, name));
    world.release?.();
    for (const name of moving) {
      const own = await state.open();
      found.push(await ask(own, state, name));
      own.release?.();
      await own.program.till.stop(0);
    }
    expect(found.filter((problem) => problem !== null)).toEqual([]);
  });

  it('anyone may come in, recover, leave practice and close; all else that anyone may touches nothing', () => {
    const anyones = channelNames.filter((name) => mayOf(name) === 'anyone');
    expect(anyones.filter((name) => channels[name].touches !== 'nothing').sort()).toEqual([
      'app:close',
      'app:openAgain',
      'manager:lock',
      'manager:recover',
      'people:lock',
      'people:signIn',
      'setup:leavePractice',
    ]);
    expect(channelNames.filter((name) => channels[name].touches === 'nothing').sort()).toEqual([
      'app:drawn',
      'app:snapshot',
      'people:inUse',
      'support:about',
      'updates:inUse',
    ]);
  });
});
