import type { Clock, Random } from '../../kernel/ports.ts';
import { createCallLog } from './call-log.ts';
import { carryOut, type ExchangeParts } from './exchange.ts';
import { createFaultQueue } from './faults.ts';
import { documentedHost } from './host-profile.ts';
import { createLedger, type Ledger } from './ledger.ts';
import { type LedgerFile, noLedgerFile, openLedgerFile } from './ledger-file.ts';
import { type Listener, openListener } from './listener.ts';
import { practiceMembers } from './members.ts';
import { storeTimeFormatter } from './store-time.ts';
import type {
  BackOfficeTopUp,
  HostProfile,
  LedgerMember,
  PracticeStore,
  PracticeStoreOptions,
} from './types.ts';

interface Identity {
  readonly appId: string;
  readonly appKey: string;
  /** 0 where none is remembered. */
  readonly port: number;
}

function identityOf(options: PracticeStoreOptions, file: LedgerFile): Identity {
  const remembered = file.records.flatMap((record) => (record.kind === 'store' ? [record] : [])).at(-1);
  return {
    appId: options.appId ?? remembered?.appId ?? `PRACTICE${hex(options.random, 8)}`,
    appKey: options.appKey ?? remembered?.appKey ?? hex(options.random, 16),
    port: remembered?.port ?? 0,
  };
}

const hex = (random: Random, bytes: number): string => random.bytes(bytes).toString('hex').toUpperCase();

function portsToTry(wanted: number, remembered: number): readonly number[] {
  if (wanted !== 0) return [wanted];
  return remembered === 0 ? [0] : [remembered, 0];
}

/** Delayed actions, cancelled when the store closes. */
function createAgenda(clock: Clock) {
  const forgets = new Set<() => void>();
  return {
    schedule: (delayMs: number, action: () => void): void => {
      const forget = clock.schedule(delayMs, () => {
        forgets.delete(forget);
        action();
      });
      forgets.add(forget);
    },
    clear(): void {
      for (const forget of forgets) forget();
      forgets.clear();
    },
  };
}

/** Business calls per store day. */
function createDayCounter(storeTime: (atMs: number) => string) {
  const counts = new Map<string, number>();
  const callsOf = (day: string): number => counts.get(day) ?? 0;
  return {
    callsOf,
    today: (nowMs: number, counting: boolean): number => {
      const today = storeTime(nowMs).slice(0, 10);
      if (counting) counts.set(today, callsOf(today) + 1);
      return callsOf(today);
    },
  };
}

/** The two practice switches and their listeners. */
function createSwitches() {
  const listeners = new Set<() => void>();
  const changed = (): void => {
    for (const listener of listeners) listener();
  };
  let loses = false;
  return {
    changed,
    onSwitch: (listener: () => void): (() => void) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    loses: () => loses,
    setLoses: (lose: boolean): void => {
      if (loses === lose) return;
      loses = lose;
      changed();
    },
  };
}

function ledgerDoors(
  ledger: Ledger,
): Pick<PracticeStore, 'member' | 'members' | 'increments' | 'adjust' | 'setMember'> {
  return {
    member(customerUid): LedgerMember {
      const member = ledger.find(customerUid);
      if (member === undefined) throw new RangeError(`no member ${customerUid} in the practice store`);
      return member;
    },
    members: () => ledger.members(),
    increments: () => ledger.increments(),
    adjust: (customerUid, balance, point) => ledger.setMember(customerUid, { balance, point }),
    setMember: (customerUid, change) => ledger.setMember(customerUid, change),
  };
}

/** Serialises changes, so that "out" and "in" pressed quickly end as the last press says. */
function createPlug(listener: Listener, changed: () => void) {
  let work: Promise<void> = Promise.resolve();
  return {
    set: (plugIn: boolean): Promise<void> => {
      const next = work.then(async () => {
        if (listener.isOpen() === plugIn) return;
        await (plugIn ? listener.open() : listener.close());
        changed();
      });
      work = next.catch(() => undefined);
      return next;
    },
  };
}

/** Everything but the socket. */
function createBusiness(options: PracticeStoreOptions, file: LedgerFile, identity: Identity) {
  const { clock } = options;
  const prefix = options.prefix ?? '/pospal-api2';
  const storeTime = storeTimeFormatter(options.storeTimeZone ?? 'Asia/Singapore');
  const ledger = createLedger(options.members ?? practiceMembers, file);
  const log = createCallLog(Math.max(0, ...ledger.increments().map((increment) => increment.callNumber)));
  const faults = createFaultQueue();
  const agenda = createAgenda(clock);
  const switches = createSwitches();
  const dayCounter = createDayCounter(storeTime);
  let profile: HostProfile = { ...documentedHost, ...options.profile };

  const parts: ExchangeParts = {
    clock,
    appKey: identity.appKey,
    prefix,
    log,
    faults,
    profile: () => profile,
    hostNow(counts) {
      const nowMs = clock.nowMs();
      const callsToday = dayCounter.today(nowMs, counts);
      const { callsOf } = dayCounter;
      return { ledger, profile, appId: identity.appId, prefix, nowMs, callsToday, callsOf, storeTime };
    },
    takeLostReply() {
      const loses = switches.loses();
      switches.setLoses(false);
      return loses;
    },
    schedule: agenda.schedule,
  };
  const setProfile = (change: Partial<HostProfile>): void => {
    profile = { ...profile, ...change };
  };
  const recharge = ({ customerUid, sum, atMs = clock.nowMs(), ...by }: BackOfficeTopUp): void => {
    const { payMethod = 'cash', account = 'Back office', gift = '0' } = by;
    const order = {
      customerUid,
      balanceIncrement: sum,
      pointIncrement: '0',
      atMs,
      callNumber: log.nextNumber(),
      dataChangeTime: storeTime(atMs),
      backOffice: { payMethod, account, gift },
    };
    ledger.apply(ledger.preview(order, profile.decimals));
  };
  return { parts, prefix, ledger, agenda, switches, setProfile, recharge };
}

/**
 * Starts a made-up KYBIO on 127.0.0.1 that follows the help pages exactly. Rejects where the ledger file cannot be
 * read or written, or a requested port is taken.
 */
export async function createPracticeStore(options: PracticeStoreOptions): Promise<PracticeStore> {
  const file = options.ledgerFile === undefined ? noLedgerFile : openLedgerFile(options.ledgerFile);
  const identity = identityOf(options, file);
  const { appId, appKey } = identity;
  const { parts, prefix, ledger, agenda, switches, ...doors } = createBusiness(options, file, identity);
  const ports = portsToTry(options.port ?? 0, identity.port);
  const listener = await openListener(ports, (arrival) => carryOut(parts, arrival));
  if (listener.port !== identity.port) file.append({ kind: 'store', appId, appKey, port: listener.port });
  const plug = createPlug(listener, switches.changed);
  return {
    ...ledgerDoors(ledger),
    baseUrl: `http://127.0.0.1:${listener.port}${prefix}`,
    appId,
    appKey,
    port: listener.port,
    profile: parts.profile,
    calls: parts.log.calls,
    waitForCall: parts.log.waitFor,
    ...doors,
    addFault: parts.faults.add,
    clearFaults: parts.faults.clear,
    setPlug: plug.set,
    plugIn: listener.isOpen,
    setLoseNextReply: switches.setLoses,
    loseNextReply: switches.loses,
    onSwitch: switches.onSwitch,
    async close() {
      agenda.clear();
      await plug.set(false);
    },
  };
}
