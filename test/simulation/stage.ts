import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Violation } from './checks.ts';
import { ProcessDeath } from './disk.ts';
import { createKybioHost, type HostMember, type KybioHost } from './kybio-host.ts';
import type { MainParts } from './main-parts.ts';
import { createNetwork, type Network } from './network.ts';
import { type Cashier, createCashier, createManager, type Manager } from './people.ts';
import { type Prng, prngOf } from './prng.ts';
import type { Scenario } from './scenario.ts';
import { createSimTill, type SimTill } from './sim-till.ts';
import { createVirtualTime, type VirtualTime } from './virtual-time.ts';

export interface RunOptions {
  readonly main: MainParts;
  /** A folder of this worker's own, best in memory. */
  readonly folder: string;
  readonly template: string;
  /** Only these events; all where absent. */
  readonly keep?: ReadonlySet<number>;
  readonly withoutKinds?: ReadonlySet<string>;
  readonly log?: (line: string) => void;
}

/** Everything that one run is made of. */
export interface Stage {
  readonly scenario: Scenario;
  readonly options: RunOptions;
  readonly time: VirtualTime;
  readonly network: Network;
  readonly host: KybioHost;
  readonly till: SimTill;
  readonly cashier: Cashier;
  readonly manager: Manager;
  readonly violations: Violation[];
  /** Entries that broken increment calls have cost, and for how long they were broken. */
  readonly spent: { entries: number; hours: number };
}

function members(count: number, prng: Prng): HostMember[] {
  return Array.from({ length: count }, (_, index) => {
    const balance = prng.pick([0, 10_000, prng.below(1_000_000)]);
    const sums = { initialBalance: balance, initialPoint: 0, balance, point: 0 };
    const number = String(8_000 + index);
    return { customerUid: `2316076394000${10_000 + index * 7}`, number, name: `Member ${number}`, ...sums };
  });
}

/** A person sees these as what they are: the process is gone, or the disk is full. */
const isExpected = (thrown: unknown, till: SimTill): boolean =>
  thrown instanceof ProcessDeath ||
  till.session() === null ||
  (thrown instanceof Error && 'code' in thrown && thrown.code === 'SQLITE_FULL');

export const wordsOf = (thrown: unknown): string =>
  thrown instanceof Error ? (thrown.stack ?? String(thrown)) : String(thrown);

const hostOf = ({ truth, storeTimeZone, members: count }: Scenario, time: VirtualTime, prng: Prng) =>
  createKybioHost({
    ...{ truth, storeTimeZone, appKey: 'KEY-ONE', unixMs: time.trueUnixMs },
    members: members(count, prng.fork('members')),
  });

export function setStage(scenario: Scenario, options: RunOptions): Stage {
  const prng = prngOf('world', scenario.seed);
  const { startUnixMs, timers, bounds, faultRate, readFaultRate, proxy } = scenario;
  const time = createVirtualTime({ startUnixMs, timers, prng: prng.fork('timers') });
  // Words that refuse are drawn anew for each sending: one copy would be refused what the other is credited.
  const left = scenario.profile === 'copied' ? ['words'] : [];
  const withoutKinds = new Set<string>([...(options.withoutKinds ?? []), ...left]);
  const network = createNetwork({
    ...{ time, bounds, faultRate, readFaultRate, proxy, withoutKinds },
    prng: prng.fork('network'),
  });
  const host = hostOf(scenario, time, prng);
  const folder = join(options.folder, 'run');
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const { main, template, log } = options;
  const till = createSimTill({
    ...{ scenario, main, folder, time, network, host, template },
    prng: prng.fork('till'),
    ...(log === undefined ? {} : { log }),
  });
  const violations: Violation[] = [];
  const onSurprise = (thrown: unknown) => {
    if (!isExpected(thrown, till)) violations.push({ what: 'error', words: wordsOf(thrown) });
  };
  const people = { till, host, time, main, violations, onSurprise, drops: scenario.profile !== 'copied' };
  return {
    ...{ scenario, options, time, network, host, till, violations },
    spent: { entries: 0, hours: 0 },
    cashier: createCashier({ ...people, prng: prng.fork('cashier') }),
    manager: createManager({ ...people, prng: prng.fork('manager') }),
  };
}
