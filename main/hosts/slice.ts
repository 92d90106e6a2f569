import type { Kernel } from '../kernel/kernel.ts';
import type { Room } from '../kernel/room.ts';
import type { Account } from './account.ts';
import { type CallBudgetParts, createCallBudget } from './calls/call-budget-service.ts';
import { createCallCountRoom } from './calls/call-count.ts';
import { createCallMeter } from './calls/call-meter-repository.ts';
import type { TillConfig } from './config.ts';
import { createLink } from './link/link.ts';
import { createLinkRoom } from './link/link-room.ts';
import { createPracticeRoom } from './practice/practice-room.ts';
import type { PracticeStore } from './practice/types.ts';

export interface HostsNeeds {
  readonly kernel: Kernel;
  readonly config: TillConfig;
  readonly account: Account;
  /** Null at a live till. */
  readonly practice: PracticeStore | null;
  readonly policy: CallBudgetParts['policy'];
  /** Entries that wait to be sent. */
  readonly waiting: () => number;
  readonly isUndecided: () => boolean;
  readonly networkBack: () => void;
}

export type Hosts = ReturnType<typeof createHosts>;

/** The connection to the account's host, and the calls allowed on it. */
export function createHosts(needs: HostsNeeds) {
  const { config, account, practice, policy, waiting, isUndecided } = needs;
  const { db, settings, seals, storeTimeZone, today, clock, random, logger, changed } = needs.kernel;
  const meter = createCallMeter(db, clock, storeTimeZone, seals, changed);
  const presentKey = () => account.signer()?.keyFingerprint ?? null;
  const link = createLink(settings, clock, random, logger, presentKey);
  const { client } = account;
  const callBudget = createCallBudget({
    meter,
    settings,
    link,
    policy,
    tillCount: config.tillCount,
    isFree: practice !== null,
    waiting,
    today,
    logger,
  });
  const practiceRooms: readonly Room[] =
    practice === null ? [] : [createPracticeRoom({ practice, networkBack: needs.networkBack })];
  const linkRoom = createLinkRoom({
    link,
    clock,
    hasKey: account.hasKey,
    isUndecided,
    changed,
  });
  return {
    config,
    account,
    practice,
    client,
    meter,
    link,
    callBudget,
    practiceRooms,
    rooms: [
      linkRoom,
      createCallCountRoom({ client, meter, today, canCall: account.hasKey }),
    ] satisfies Room[],
  };
}
