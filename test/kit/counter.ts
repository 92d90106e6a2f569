import { defaultLimits } from '../../main/counter/limits.ts';
import { defaultPolicy } from '../../main/counter/policy.ts';
import { createBonusHad } from '../../main/counter/rules/bonus-had-repository.ts';
import { createRuleRepository } from '../../main/counter/rules/rule-repository.ts';
import { createRuleService } from '../../main/counter/rules/rule-service.ts';
import { createTopUpService } from '../../main/counter/top-up-service.ts';
import { createWaitingRepository } from '../../main/counter/waiting-repository.ts';
import { createSettings } from '../../main/kernel/database/settings-repository.ts';
import { createDirectoryRepository } from '../../main/members/directory-repository.ts';
import type { MemberReading } from '../../main/members/index.ts';
import type { PermissionsPort } from '../../main/people/permissions.ts';
import { amount, ok, type Policy } from '../../preload/contract/index.ts';
import { atTheTill } from './actors.ts';
import { openOutbox, signer } from './outbox.ts';
import { realRandom } from './practice-store.ts';
import { silentLogger } from './till.ts';

/** A till where nobody is set up. */
export const everybodyMay: PermissionsPort = {
  approver: async () => ok(null),
  decide: () => ok({ approvedBy: null }),
  isOverLimit: () => false,
};

const today = () => '2026-01-15';

const uid = '231607639459718452';

/** What a test sets of the world around the counter; by default nothing stands in the way. */
export interface Around {
  policy: Partial<Policy>;
  stopped: boolean;
  online: boolean;
  checkedUp: string | null;
  /** On a host that rounds ids this one may be another's. */
  inexact: string | null;
  /** How KYBIO answers who reads the member; null: nobody is asked. */
  answer: MemberReading | null;
  /** The store's day, as the rules have it. */
  today: string;
}

/** The counter over a real outbox. The same again is not asked about unless a test wants it. */
export function openCounter(
  options: Parameters<typeof openOutbox>[0] & { readonly policy?: Partial<Policy> } = {},
) {
  const around: Around = {
    policy: { repeatWithinMs: 0, ...options.policy },
    stopped: false,
    online: true,
    checkedUp: null,
    inexact: null,
    answer: null,
    today: today(),
  };

  const till = openOutbox(options);
  const directory = createDirectoryRepository(till.db);
  const key = { lost: false };
  const settings = createSettings(till.db);
  const ruleBooks = createRuleRepository({
    ...till,
    settings,
    random: realRandom,
    journal: { append: () => undefined, noted: () => undefined },
  });
  const read = async (): Promise<MemberReading> => {
    if (around.answer === null) throw new Error('nobody is asked here');
    if (around.answer.ok) directory.keep(around.answer.value, 2, false);
    return around.answer;
  };
  const service = createTopUpService({
    keeper: { problem: () => null },
    ...till,
    directory,
    limits: defaultLimits('SGD'),
    policy: { current: () => ({ ...defaultPolicy('SGD'), ...around.policy }) },
    waiting: createWaitingRepository(till.db),
    wasHandedOut: () => false,
    offline: { look: () => ({ sinceMs: null, stopped: around.stopped }) },
    isOnline: () => around.online,
    isCheckedUp: (customerUid) => customerUid === around.checkedUp,
    isIdInexact: (customerUid) => customerUid === around.inexact,
    permissions: everybodyMay,
    rules: createRuleService({
      repository: ruleBooks,
      today: () => around.today,
      bonusHad: createBonusHad(till.db),
      bounds: defaultLimits('SGD'),
    }),
    reader: { byNumber: read, byUid: read },
    signer: () => (key.lost ? null : signer),
    today,
    logger: silentLogger,
  });
  const known = {
    customerUid: uid,
    number: '8008010001',
    name: 'Tan Mei Ling',
    categoryName: '',
    phone: '',
    balance: amount('1'),
    point: amount('1'),
    enable: 1,
    expiryDate: null,
  };
  directory.keep(known, 1, true);
  /** For a member as the directory has one now. */
  const request = (change: { readonly customerUid?: string } & Readonly<Record<string, unknown>> = {}) => {
    const seen = directory.byUid(change.customerUid ?? uid);
    return {
      requestId: realRandom.uuid(),
      customerUid: uid,
      customerNumber: seen?.number ?? '',
      customerName: seen?.name ?? '',
      balanceIncrement: amount('10.00'),
      pointIncrement: amount('0'),
      note: '',
      ...change,
    };
  };
  const confirmed = () => {
    const saved = service.create(request(), atTheTill);
    if (!saved.ok) throw new Error(saved.error.code);
    return till.attempt(saved.value.id, 'applied');
  };
  return {
    ...till,
    around,
    service,
    ruleBooks,
    directory,
    key,
    known,
    request,
    confirmed,
    rows: () => [...till.outbox.all()].length,
  };
}
