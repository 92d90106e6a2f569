import type { Kernel } from '../kernel/kernel.ts';
import type { Room } from '../kernel/room.ts';
import type { Account } from './account.ts';
import { type CallBudgetParts, createCallBudget } from './calls/call-budget-service.ts';
import { createCallCountService } from './calls/call-count-service.ts';
import { createCallDays } from './calls/call-days.ts';
import { createCallMeter } from './calls/call-meter-repository.ts';
import { withCallRate } from './calls/call-rate.ts';
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
  /** The account's other tills, as far as this one hears of them. */
  readonly others: CallBudgetParts['others'];
  /** Entries that wait to be sent. */
  readonly waiting: () => number;
  readonly isUndecided: () => boolean;
  readonly networkBack: () => void;
}

export type Hosts = ReturnType<typeof createHosts>;

/** The connection to the account's host, and the calls allowed on it. */
export function createHosts(needs: HostsNeeds) {
  const { config, account, practice, policy, others, waiting, isUndecided } = needs;
  const { db, settings, seals, storeTimeZone, today, clock, random, logger, changed } = needs.kernel;
  const meter = withCallRate(createCallMeter(db, clock, storeTimeZone, seals, changed), clock);
  const presentKey = () => account.signer()?.keyFingerprint ?? null;
  const link = createLink(settings, clock, random, logger, presentKey);
  const { client } = account;
  const callBudget = createCallBudget({
    meter,
    days: createCallDays(db, clock, today),
    settings,
    link,
    policy,
    numbering: config,
    isFree: practice !== null,
    waiting,
    others,
    today,
    clock,
    logger,
  });
  const callCount = createCallCountService({
    client,
    settings,
    meter,
    callBudget,
    link,
    clock,
    logger,
    storeTimeZone,
    numbering: config,
    canCall: account.hasKey,
    changed,
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
    callCount,
    practiceRooms,
    rooms: [linkRoom, { name: 'call-count', ...callCount }] satisfies Room[],
  };
}
