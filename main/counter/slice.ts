import type { Policy } from '../../preload/contract/index.ts';
import type { Hosts } from '../hosts/index.ts';
import { isIdInexact } from '../hosts/port/index.ts';
import type { Kernel } from '../kernel/kernel.ts';
import type { Room } from '../kernel/room.ts';
import type { Ledger } from '../ledger/index.ts';
import type { Members } from '../members/index.ts';
import type { People } from '../people/index.ts';
import type { Sending } from '../sending/index.ts';
import { createAsEntry } from './as-entry.ts';
import { type CounterRoomParts, createCounterRoom } from './counter-room.ts';
import { anyMayHaveChanged, createEntryChanges } from './entry-changes.ts';
import type { ItPolicy } from './it-policy.ts';
import { limitsUnder } from './limits.ts';
import { createOfflineWindow } from './offline-window.ts';
import { createPolicyRepository } from './policy-repository.ts';
import { createAfterPolicy, createPolicyRoom } from './policy-room.ts';
import { createReviewRoom } from './review-room.ts';
import { createReviewService } from './review-service.ts';
import { createBonusHad } from './rules/bonus-had-repository.ts';
import { createRuleRepository } from './rules/rule-repository.ts';
import { createRuleService } from './rules/rule-service.ts';
import { createRulesRoom } from './rules/rules-room.ts';
import { createTenderChange, type EntryOfShift } from './tender-change.ts';
import { createTopUpService } from './top-up-service.ts';
import { createWaitingRepository } from './waiting-repository.ts';

/** Every fiftieth exact id looks rounded: so many hardly ever do. */
const MOST_OTHERS = 20;

export interface CounterNeeds {
  readonly kernel: Kernel;
  readonly hosts: Hosts;
  readonly ledger: Ledger;
  readonly members: Members;
  readonly people: People;
  readonly sending: Sending;
  /** The entries' shift; provided by a later slice. */
  readonly shift: EntryOfShift & { wasHandedOut(sequence: number): boolean };
  readonly shownDay: CounterRoomParts['shownDay'];
  readonly itPolicy: ItPolicy;
}

export type Counter = ReturnType<typeof createCounter>;

/** The offline policy's facts: what waits, for how long, and whether KYBIO is reachable. */
function createOffline({ kernel, hosts, ledger }: CounterNeeds, policy: () => Policy) {
  const { db, settings, clock } = kernel;
  const { link } = hosts;
  const waiting = createWaitingRepository(db);
  const isOnline = () => link.state.reach === 'online' && link.state.pauses.length === 0;
  const offline = createOfflineWindow({
    db,
    settings,
    journal: ledger.journal,
    clock,
    waiting,
    isOnline,
    longestMs: () => policy().offlineWindowMs,
  });
  return { waiting, offline, isOnline };
}

/** The shop's rules. */
function createRules(needs: CounterNeeds, limits: ReturnType<typeof limitsUnder>) {
  const { db, settings, today, random } = needs.kernel;
  const { journal, outbox } = needs.ledger;
  const ruleBooks = createRuleRepository({ db, settings, journal, random });
  const rules = createRuleService({
    repository: ruleBooks,
    bounds: limits,
    today,
    bonusHad: createBonusHad(db),
  });
  const rulesRoom = createRulesRoom({
    rules,
    ruleBooks,
    outbox,
    today,
    categories: needs.members.directory.categories,
    above: needs.kernel.above,
  });
  return { ruleBooks, rules, rulesRoom };
}

function createReview(needs: CounterNeeds) {
  const { clock, random, logger } = needs.kernel;
  const { account } = needs.hosts;
  const { outbox, transitions, replace, keeper } = needs.ledger;
  const { directory, reader, forgottenSends } = needs.members;
  const { evidence, detective, preSendCheck, checkUp } = needs.sending;
  return createReviewService({
    outbox,
    transitions,
    replace,
    directory,
    reader,
    evidence,
    detective,
    forgottenSends,
    preSendCheck,
    keeper,
    signer: account.signer,
    canCall: account.hasKey,
    isCheckedUp: checkUp.holds,
    clock,
    random,
    logger,
  });
}

export function createCounter(needs: CounterNeeds) {
  const { shift } = needs;
  const { db, settings, storeTimeZone, today, clock, logger, above } = needs.kernel;
  const { account, config, link, meter } = needs.hosts;
  const { outbox, transitions, tenderChanges, keeper, journal, tillIdentity } = needs.ledger;
  const { acknowledge } = needs.ledger;
  const { directory, reader } = needs.members;
  const { permissions } = needs.people;
  const { checkUp, loop } = needs.sending;
  const policy = createPolicyRepository({ db, settings, journal, currency: config.currency });
  const limits = limitsUnder(config.currency, policy.current);
  const { rulesRoom, ...rules } = createRules(needs, limits);
  const { waiting, offline, isOnline } = createOffline(needs, policy.current);
  const topUps = createTopUpService({
    outbox,
    transitions,
    tenderChanges,
    directory,
    reader,
    limits,
    policy,
    waiting,
    offline,
    isOnline,
    isCheckedUp: checkUp.holds,
    isIdInexact: (customerUid) => isIdInexact(customerUid, () => directory.readLast(MOST_OTHERS)),
    rules: rules.rules,
    permissions,
    wasHandedOut: shift.wasHandedOut,
    keeper,
    signer: account.signer,
    today,
    clock,
    logger,
  });
  const tenderChange = createTenderChange({
    outbox,
    tenderChanges,
    shifts: shift,
    keeper,
    policy,
    limits,
    permissions,
  });
  const review = createReview(needs);
  const asEntry = createAsEntry({ outbox, storeTimeZone, clock, wake: () => loop.wake() });
  const counterRoom = createCounterRoom({
    topUps,
    tenderChange,
    outbox,
    changedSince: journal === null ? anyMayHaveChanged : createEntryChanges(db, keeper.repaired),
    acknowledge,
    offline,
    asEntry,
    permissions,
    tillIdentity,
    storeTimeZone,
    today,
    shownDay: needs.shownDay,
  });
  const sendNow = () => loop.hurry();
  return {
    policy,
    /** For whoever saves it otherwise than by its room. */
    afterPolicy: createAfterPolicy({ policy, meter, link, wake: loop.wake }),
    limits,
    ...rules,
    offline,
    topUps,
    tenderChange,
    review,
    rooms: [
      counterRoom,
      createReviewRoom({ review, asEntry, storeTimeZone, sendNow }),
      createPolicyRoom({
        policy,
        itPolicy: needs.itPolicy,
        offline,
        meter,
        link,
        logger,
        wake: loop.wake,
        above,
      }),
      rulesRoom,
    ] satisfies Room[],
  };
}
