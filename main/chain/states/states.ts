import { setImmediate as untilOthersRan } from 'node:timers/promises';
import type { StatusFacts } from '../../../preload/contract/index.ts';
import { type Day, lastVarianceIn } from '../../day/index.ts';
import type { Hosts } from '../../hosts/index.ts';
import { CLOCK_SKEW_LIMIT_MS, withPause } from '../../hosts/link/index.ts';
import type { Kernel } from '../../kernel/kernel.ts';
import type { AccountDesk } from '../../kernel/sealing/account-seal.ts';
import type { Timeouts } from '../../kernel/timeouts.ts';
import type { Ledger } from '../../ledger/index.ts';
import type { MetTill } from '../../ledger/journal/index.ts';
import type { Members } from '../../members/index.ts';
import type { ChainRepository } from '../chain-repository.ts';
import { createStateReader } from './state-reader.ts';
import { createStateWriter, type OwnState } from './state-writer.ts';
import { createStatesRoom } from './states-room.ts';
import { createStatesWatch } from './states-watch.ts';
import type { Verdict } from './till-rows.ts';
import { createZCourier } from './z-courier.ts';

/** What comes from outside of the chain. */
export interface StatesNeeds {
  readonly kernel: Kernel;
  readonly hosts: Hosts;
  readonly ledger: Ledger;
  readonly members: Members;
  readonly day: Day;
  readonly timeouts: Timeouts;
  /** The program's. */
  readonly version: string;
  /** What `--status` says of this till, and what it makes of it. */
  readonly status: () => Promise<StatusFacts>;
  readonly verdict: Verdict;
  /** Another computer wrote as this till. */
  readonly meetState: (met: MetTill) => void;
}

interface StatesParts extends StatesNeeds {
  readonly repository: Pick<ChainRepository, 'joined' | 'taken' | 'folder'>;
  readonly holdsKey: () => boolean;
}

/** This till's own state; null before its first journal row. */
const createOwnState =
  ({ kernel, repository, version, status }: StatesParts) =>
  async (): Promise<OwnState | null> => {
    const variance = lastVarianceIn(kernel.db);
    const { till, ...facts } = await status();
    if (till === null || till.tillId === null || till.epoch === null) return null;
    const { tillId, epoch, name, number, count, dataFormat } = till;
    return {
      tillId,
      epoch,
      name,
      number,
      count,
      version,
      dataFormat,
      shopVersion: repository.taken()?.version ?? null,
      status: facts,
      variance,
    };
  };

/** What this till and the others of its chain leave for each other in the folder. */
export function createStates(needs: StatesParts) {
  const { kernel, hosts, ledger, day, timeouts, repository, holdsKey, verdict, meetState } = needs;
  const { clock, random, logger, changed } = kernel;
  const { accountHost: host, accountAppId: appId } = ledger.identity;
  const folder = () => (repository.joined() === null ? null : repository.folder());
  const desk = () => hosts.account.ofKey((appKey): AccountDesk => ({ appKey, account: { host, appId } }));
  const tillId = () => ledger.tillIdentity.tillId;
  const pause = () => untilOthersRan();
  const own = createOwnState(needs);
  const writer = createStateWriter({ folder, desk, own, meet: meetState, timeouts, clock, random, logger });
  const reader = createStateReader({ folder, desk, timeouts, clock, pause });
  const courier = createZCourier({
    folder,
    tillId,
    holdsKey,
    zs: day.zExchange,
    timeouts,
    clock,
    random,
    logger,
    pause,
  });
  const onZ = (made: () => void) =>
    ledger.feed?.subscribe((rows) => {
      if (rows.some(({ reason }) => reason === 'z report')) made();
    }) ?? (() => undefined);
  const meetNumbers = () => {
    for (const { state } of reader.latest()) {
      const { tillId: id, name: till, number: tillNumber, count: tillCount, atMs: saidAtMs } = state;
      const found = ledger.numbersSeen.see({ tillId: id, till, tillNumber, tillCount, saidAtMs });
      // Both tills stop: each reads the other's state.
      if (found?.what === 'number')
        hosts.link.update((link, at) => withPause(link, 'till-number', found.till, at.nowMs));
    }
  };
  const watch = createStatesWatch({
    folder,
    writer,
    reader,
    courier,
    meetNumbers,
    onZ,
    clock,
    logger,
    changed,
  });
  const room = createStatesRoom({
    folder,
    tillId,
    holdsKey,
    reader,
    courier,
    watch,
    timeouts,
    clock,
    verdict,
    skewLimitMs: CLOCK_SKEW_LIMIT_MS,
  });
  return { watch, reader, room };
}
