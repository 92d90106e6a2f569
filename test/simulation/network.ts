import type { Transport, WireRequest } from '../../main/hosts/kybio/transport.ts';
import type { Exchange, FailureKind } from '../../main/hosts/port/member-host.ts';
import { type BrokenCall, brokenFault } from './broken-call.ts';
import { carry, DEADLINE_MS, type WebAnswer } from './carriage.ts';
import {
  drawFault,
  drawReadFault,
  type Fault,
  type FaultBounds,
  type OutageKind,
  outageFault,
} from './faults.ts';
import type { HostAnswer, KybioHost } from './kybio-host.ts';
import type { Prng } from './prng.ts';
import { createProxy, type Middlebox } from './proxy.ts';
import type { TillClock, VirtualTime } from './virtual-time.ts';

/** Between two hosts on this machine's wire: what is on its way stays on its way when a process dies. */
export interface Network {
  /** The way from one process of the till to one account. */
  transport(host: KybioHost, clock: TillClock): Transport;
  outage: OutageKind | null;
  broken: BrokenCall | null;
  /** No faults any more. */
  faultsOff: boolean;
  /** The sender is gone: what is still on its way arrives within the bound from now. */
  senderDied(): void;
  /** Some of what the PC had not sent yet when it fell asleep goes out after it woke up. */
  wokeUp(sleptMs: number): void;
  readonly counts: NetworkCounts;
  readonly byKind: Map<string, number>;
}

export interface NetworkCounts {
  sends: number;
  reads: number;
  faults: number;
  readFaults: number;
}

export interface NetworkOptions {
  readonly time: VirtualTime;
  readonly prng: Prng;
  readonly bounds: FaultBounds;
  readonly faultRate: number;
  readonly readFaultRate: number;
  /** Answers in KYBIO's place; null = nothing does. */
  readonly proxy: Middlebox | null;
  /** Which kinds are left out, for shrinking. */
  readonly withoutKinds: ReadonlySet<string>;
}

interface Pending {
  dueMs: number;
  cancel: () => void;
  readonly arrive: () => void;
}

const INCREMENT = 'updateBalancePointByIncrement';

const entryKey = /"customerUid":(-?\d+).*"dataChangeTime":"([^"]+)"/;

/** What is under way between the PC and KYBIO, with when it arrives. */
function createRoad(time: VirtualTime) {
  const pending = new Set<Pending>();
  return {
    pending,
    arriveLater: (delayMs: number, action: () => void) => {
      const one: Pending = {
        dueMs: time.now() + delayMs,
        cancel: () => undefined,
        arrive: () => {
          pending.delete(one);
          action();
        },
      };
      one.cancel = time.after(delayMs, one.arrive);
      pending.add(one);
    },
    move: (one: Pending, dueMs: number) => {
      one.cancel();
      one.dueMs = dueMs;
      one.cancel = time.after(Math.max(0, dueMs - time.now()), one.arrive);
    },
  };
}

export function createNetwork(options: NetworkOptions): Network {
  const { time, prng, bounds } = options;
  const reads = prng.fork('reads');
  const road = createRoad(time);
  const attempts = new Map<string, number>();

  const tried = new Set<string>();
  const keyIn = (body: string): string => {
    const [, uid = '', second = ''] = entryKey.exec(body) ?? [];
    return `${uid}|${second}`;
  };
  const ofBroken = (broken: BrokenCall, body: string, isRead: boolean): Fault | null => {
    if (!isRead && !tried.has(keyIn(body))) broken.spent.add(keyIn(body));
    return brokenFault(broken, isRead, reads);
  };

  /** Drawn by the entry and the number of its sending, so that it stays when other events are left out. */
  const faultOf = (body: string, isRead: boolean): Fault | null => {
    if (network.outage !== null) return outageFault(network.outage, reads);
    if (network.broken !== null) return ofBroken(network.broken, body, isRead);
    if (network.faultsOff) return null;
    if (isRead) return reads.chance(options.readFaultRate) ? drawReadFault(reads) : null;
    const key = keyIn(body);
    tried.add(key);
    const number = (attempts.get(key) ?? 0) + 1;
    attempts.set(key, number);
    const own = prng.fork('entry', key, number);
    if (!own.chance(options.faultRate)) return null;
    const fault = drawFault(own, bounds);
    return options.withoutKinds.has(fault.kind) ? null : fault;
  };

  const { proxy } = options;
  const withoutFaults = () => network.faultsOff || network.outage !== null;
  const counted = (kind: string) => {
    network.byKind.set(kind, (network.byKind.get(kind) ?? 0) + 1);
  };
  const through =
    proxy === null
      ? (way: Transport) => way
      : createProxy({ proxy, time, prng: prng.fork('proxy'), withoutFaults, count: counted });

  const network: Network = {
    transport: (host, clock) =>
      through(
        createWay({ time, latency: prng.fork('latency'), road, faultOf, network, host, clock }),
        host,
        clock,
      ),
    outage: null,
    broken: null,
    faultsOff: false,
    senderDied: () => {
      for (const one of [...road.pending]) {
        const latestMs = time.now() + bounds.longestDelayMs;
        if (one.dueMs > latestMs) road.move(one, latestMs);
      }
    },
    wokeUp: (sleptMs) => {
      for (const one of [...road.pending]) if (prng.chance(0.5)) road.move(one, one.dueMs + sleptMs);
    },
    counts: { sends: 0, reads: 0, faults: 0, readFaults: 0 },
    byKind: new Map(),
  };
  return network;
}

function count({ counts, byKind }: Network, fault: Fault | null, isRead: boolean): void {
  if (isRead) counts.reads += 1;
  else counts.sends += 1;
  if (fault === null) return;
  if (isRead) counts.readFaults += 1;
  else counts.faults += 1;
  byKind.set(fault.kind, (byKind.get(fault.kind) ?? 0) + 1);
}

interface WayParts {
  readonly time: VirtualTime;
  readonly latency: Prng;
  readonly road: ReturnType<typeof createRoad>;
  readonly faultOf: (body: string, isRead: boolean) => Fault | null;
  readonly network: Network;
  readonly host: KybioHost;
  readonly clock: TillClock;
}

/** One exchange from the till's side: how far it came and how it ended, told once. */
function createOpenExchange({ time, clock }: WayParts) {
  const startedAtMs = clock.nowMs();
  const open = {
    sent: false,
    ended: false,
    end: (failure: Exchange['failure'], answer: WebAnswer | null): Exchange => {
      open.ended = true;
      const response =
        answer === null
          ? null
          : {
              status: answer.status,
              contentType: answer.contentType,
              location: '',
              dateMs: Math.floor(time.trueUnixMs() / 1_000) * 1_000,
              retryAfterMs: answer.status === 429 ? 3_000 : null,
              body: failure === null ? Buffer.from(answer.body ?? '', 'utf8') : null,
            };
      const phase = !open.sent ? 'connecting' : failure === null ? 'answered' : 'sent';
      return { phase, startedAtMs, endedAtMs: clock.nowMs(), failure, response };
    },
  };
  return open;
}

function createWay(parts: WayParts): Transport {
  const { time, latency, road, faultOf, network, host, clock } = parts;
  const underWay = new Set<() => void>();

  const exchange = (wire: WireRequest): Promise<Exchange> =>
    new Promise((resolve) => {
      // Its death has stopped the process in the middle of a step, and what follows runs on in here: it sends nothing.
      if (!clock.alive()) return;
      const open = createOpenExchange(parts);
      const end = (failure: Exchange['failure'], answer: WebAnswer | null) => {
        // What comes for a process that has died reaches nobody.
        if (open.ended || !clock.alive()) return;
        underWay.delete(stop);
        resolve(open.end(failure, answer));
      };
      const stop = () => end({ kind: 'aborted', code: 'aborted' }, null);
      /** A sleeping PC hears nothing; when it wakes up the connection is gone. */
      const hear = (action: () => void) => {
        if (time.asleep()) clock.exactly(1, () => end({ kind: 'reset', code: 'ECONNRESET' }, null));
        else action();
      };
      const fail = (kind: FailureKind, answer: WebAnswer | null = null) =>
        hear(() => end({ kind, code: kind }, answer));
      underWay.add(stop);
      wire.signal?.addEventListener('abort', stop, { once: true });
      clock.exactly(DEADLINE_MS, () => end({ kind: 'timeout', code: 'timeout' }, null));

      const body = wire.body.toString('utf8');
      const method = wire.url.slice(wire.url.lastIndexOf('/') + 1);
      const isRead = method !== INCREMENT;
      const fault = faultOf(body, isRead);
      count(network, fault, isRead);
      if (fault?.kind === 'not-sent') {
        time.after(fault.afterMs, () => fail(fault.failure));
        return;
      }
      open.sent = true;
      const backMs = latency.between(5, 180);
      const ask = (): HostAnswer =>
        isRead
          ? { json: host.read(method, body, wire.signature), applied: false }
          : host.increment(body, wire.signature);
      const reply = (answer: WebAnswer, afterMs = backMs) => {
        time.after(afterMs, () => hear(() => end(null, answer)));
      };
      const { arriveLater } = road;
      carry({
        ...{ fault, ask, reply, fail, arriveLater },
        outMs: latency.between(5, 120),
      });
    });

  return {
    exchange,
    provePhaseEvent: () => Promise.resolve(true),
    networkChanged: () => undefined,
    close: () => {
      for (const stop of [...underWay]) stop();
      return Promise.resolve();
    },
  };
}
