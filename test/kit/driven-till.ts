import { cpSync } from 'node:fs';
import { onTestFinished } from 'vitest';
import { practiceProtocol } from '../../main/app/host-protocol.ts';
import type { World } from '../../main/app/world.ts';
import type { MemberHost } from '../../main/hosts/port/member-host.ts';
import type { PracticeStore, PracticeStoreOptions } from '../../main/hosts/practice/types.ts';
import { createTestClock, type TestClock } from './clock.ts';
import { realRandom, startPracticeStore } from './practice-store.ts';
import { openTestTill, silentLogger, type TestTill, type TestTillOptions, temporaryFolder } from './till.ts';

export interface Driven {
  readonly clock: TestClock;
  readonly store: PracticeStore;
  readonly till: TestTill;
  /** Lets time pass until `holds`, never while a call is on its way; throws where that takes longer. */
  drive(holds: () => boolean, withinMs?: number): Promise<void>;
  /** Lets this much time pass. */
  pass(byMs: number): Promise<void>;
  /** Everything that can happen without time passing has happened. */
  settle(): Promise<void>;
  /** The till is closed and opened again on the same folder, with the key that it had or another one. */
  restart(change?: Pick<TestTillOptions, 'appKey'>): Promise<Driven>;
  /** Another till of the shop, or this one on a new disk: a folder of its own, the same store and clock. */
  fresh(change?: Pick<DrivenOptions, 'appKey' | 'config' | 'outside'>): Promise<Driven>;
  /** Called before an increment leaves, with its number from 1. */
  beforeSend(action: (send: number) => void): void;
  /** Called before any call leaves, with the key that signs it. */
  beforeCall(action: (appKey: string) => void): void;
  /**
   * The process dies right before its n-th call from its start leaves, or right after its answer came and
   * before anything was made of it; a new one opens on the folder as it was left. Null where it never
   * made so many.
   */
  die(call: number, when: 'before' | 'after'): Promise<Driven | null>;
}

const TICKS = 4;

const nextTick = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** A client with something to do around each call. */
function around(
  client: MemberHost,
  act: <R>(isIncrement: boolean, call: () => Promise<R>) => Promise<R>,
): MemberHost {
  const acting =
    <A extends readonly unknown[], R>(call: (...args: A) => Promise<R>, isIncrement = false) =>
    (...args: A): Promise<R> =>
      act(isIncrement, () => call(...args));
  return {
    sendIncrement: acting(client.sendIncrement, true),
    readByNumber: acting(client.readByNumber),
    readByUid: acting(client.readByUid),
    readByPhone: acting(client.readByPhone),
    readMembersPage: acting(client.readMembersPage),
    readLog: acting(client.readLog),
    readLogOfAll: acting(client.readLogOfAll),
    readCallCount: acting(client.readCallCount),
    networkChanged: () => client.networkChanged(),
    close: () => client.close(),
  };
}

interface Hooks {
  calls: number;
  sends: number;
  underWay: number;
  beforeSend: (send: number) => void;
  beforeCall: (appKey: string) => void;
  deathAt: { readonly call: number; readonly when: 'before' | 'after' } | null;
  dead: boolean;
  /** Ends with the test, so that what waited for it can be closed. */
  death: Promise<never> | null;
}

/** The process stops here: what it was doing never goes on. */
function stopHere(hooks: Hooks): Promise<never> {
  hooks.dead = true;
  hooks.death ??= new Promise((_, reject) => onTestFinished(() => reject(new Error('the process is dead'))));
  return hooks.death;
}

async function hooked<R>(hooks: Hooks, isIncrement: boolean, call: () => Promise<R>): Promise<R> {
  hooks.calls += 1;
  const { calls } = hooks;
  const diesHere = (when: 'before' | 'after') => hooks.deathAt?.call === calls && hooks.deathAt.when === when;
  if (hooks.dead || diesHere('before')) return stopHere(hooks);
  if (isIncrement) hooks.beforeSend(++hooks.sends);
  hooks.underWay += 1;
  try {
    const result = await call();
    return hooks.dead || diesHere('after') ? await stopHere(hooks) : result;
  } finally {
    hooks.underWay -= 1;
  }
}

type DrivenOptions = Omit<TestTillOptions, 'world'> & {
  /** What the till has of its computer. */
  readonly outside?: Pick<World, 'exports' | 'use'>;
};

/** A till and a practice store on one driven clock, over real sockets: hours pass in no time. */
export async function openDrivenTill(
  profile: Partial<ReturnType<PracticeStore['profile']>> = {},
  options: DrivenOptions & Partial<Pick<PracticeStoreOptions, 'members'>> = {},
): Promise<Driven> {
  const clock = createTestClock();
  const { members, ...tillOptions } = options;
  const store = await startPracticeStore({ clock, profile, ...(members === undefined ? {} : { members }) });
  return openOn(clock, store, tillOptions);
}

async function openOn(clock: TestClock, store: PracticeStore, options: DrivenOptions): Promise<Driven> {
  const hooks: Hooks = {
    ...{ calls: 0, sends: 0, underWay: 0, deathAt: null, dead: false, death: null },
    beforeSend: () => undefined,
    beforeCall: () => undefined,
  };
  const connect: World['connect'] = (account) => {
    const client = practiceProtocol.connect(account, { clock, logger: silentLogger });
    return around(client, (isIncrement, call) => {
      hooks.beforeCall(account.appKey);
      return hooked(hooks, isIncrement, call);
    });
  };
  // Waits as long as they get: an hour without a network is then a few dozen attempts.
  const random = { ...realRandom, unit: () => 0.999 };
  const till = await openTestTill(store, {
    ...options,
    world: { ...options.outside, clock, connect, random },
  });

  const settle = async () => {
    for (let still = 0; still < TICKS && !hooks.dead; still += 1) {
      await nextTick();
      if (hooks.underWay > 0) still = -1;
    }
  };
  const drive = async (holds: () => boolean, withinMs = 2 * 86_400_000) => {
    const untilMs = clock.monotonicMs() + withinMs;
    for (;;) {
      await settle();
      if (hooks.dead || holds()) return;
      if (clock.monotonicMs() > untilMs || !clock.runNext()) throw new Error('it never came to hold');
    }
  };
  return {
    ...{ clock, store, till, settle, drive },
    beforeSend: (action) => {
      hooks.beforeSend = action;
    },
    beforeCall: (action) => {
      hooks.beforeCall = action;
    },
    die: async (call, when) => {
      hooks.deathAt = { call, when };
      await drive(() => false).catch(() => undefined);
      if (!hooks.dead) return null;
      const folder = temporaryFolder();
      cpSync(till.folder, folder, { recursive: true });
      return openOn(clock, store, { ...options, folder });
    },
    pass: (byMs) => {
      let passed = false;
      clock.schedule(byMs, () => {
        passed = true;
      });
      return drive(() => passed, byMs + 1);
    },
    fresh: (change = {}) => openOn(clock, store, { ...options, ...change, folder: temporaryFolder() }),
    restart: async (change = {}) => {
      await till.close();
      return openOn(clock, store, { ...options, ...change, folder: till.folder });
    },
  };
}
