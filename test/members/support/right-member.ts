import fc from 'fast-check';
import { startingLink } from '../../../main/hosts/link/link-state.ts';
import type { HostMember } from '../../../main/hosts/port/member-host.ts';
import { createDirectoryRepository } from '../../../main/members/directory-repository.ts';
import { narrowed } from '../../../main/members/fold.ts';
import { createLookUpService, TIMEOUT_MS } from '../../../main/members/look-up-service.ts';
import type { MemberReader } from '../../../main/members/member-reader.ts';
import { budgetOf } from '../../kit/call-budget.ts';
import { createTestClock } from '../../kit/clock.ts';
import { openOutbox } from '../../kit/outbox.ts';
import { realRandom } from '../../kit/practice-store.ts';
import { asRead, hostMember } from '../host-member.ts';

/** Characters so few that cards, phones and names often equal or contain one another. */
const cards = [
  '1',
  '2',
  '01',
  '12',
  '１２',
  '1001',
  'A1',
  'a1',
  'AB12',
  'ab12',
  'LIM',
  'lim',
  '91234567',
  '34567',
  'A 1',
];
const phones = ['', '1001', '12', '1234567', '91234567', '6591234567', '+6591234567', '****4567'];
const names = ['LIM', 'Lim 2', 'Ann 1001', '1001', '91234567 Lim', 'AB12', 'a1', '', 'Card 12'];
const typed = [
  ...cards,
  ...phones,
  ...names,
  'l',
  '0',
  '9',
  ' 12 ',
  '１２',
  '9123 4567',
  'A  1',
  'Ab12',
  '1-2',
];

const record = fc.record({
  uid: fc.nat({ max: 5 }),
  number: fc.constantFrom('', ...cards),
  phone: fc.constantFrom(...phones),
  name: fc.constantFrom(...names),
});
type Drawn = typeof record extends fc.Arbitrary<infer T> ? T : never;

const memberOf = ({ uid, number, phone, name }: Drawn): HostMember =>
  hostMember({ customerUid: String(uid + 1), number, phone, name });

/** A host's members: each id and each card once. */
const ofHost = (drawn: readonly Drawn[]): readonly HostMember[] => {
  const members = drawn.map(memberOf);
  const isFirst = (key: 'customerUid' | 'number') => (member: HostMember, at: number, all: HostMember[]) =>
    all.findIndex((other) => other[key] === member[key]) === at;
  return members.filter(isFirst('customerUid')).filter(isFirst('number'));
};

/** What one till was asked, beside a host that says so much. */
export const lookUpCase = fc.record({
  host: fc.array(record, { maxLength: 5 }).map(ofHost),
  kept: fc.array(record, { maxLength: 5 }).map((drawn) => drawn.map(memberOf)),
  /** Whom the till has besides, as the host has them. */
  inStep: fc.boolean(),
  queries: fc.array(fc.constantFrom(...typed), { minLength: 1, maxLength: 3 }),
  network: fc.constantFrom('quick', 'quick', 'late', 'away'),
  anyCase: fc.boolean(),
  anyEnd: fc.boolean(),
  hasPhones: fc.boolean(),
});
export type LookUpCase = typeof lookUpCase extends fc.Arbitrary<infer T> ? T : never;

export interface Credited {
  readonly query: string;
  readonly customerUid: string;
  readonly host: readonly HostMember[];
  readonly kept: readonly HostMember[];
  readonly wasAway: boolean;
}

const said = (kind: 'nothing' | 'refused') =>
  ({
    ...{ ok: false, isAnswered: true },
    error: { kind, cause: 'nothing', messages: [], pause: null, retryAfterMs: null } as never,
  }) as const;
const nothing = said('nothing');

/** A till whose directory is filled anew for each case; who stands on its form without that a person picked. */
export function openRightMember() {
  const { db, outbox } = openOutbox();
  const directory = createDirectoryRepository(db);
  const clock = createTestClock();
  let now: LookUpCase | null = null;
  let held: (() => void)[] = [];

  const answered = <T>(answer: () => T): Promise<T> =>
    now?.network === 'late'
      ? new Promise((resolve) => held.push(() => resolve(answer())))
      : Promise.resolve(answer());
  const keep = (members: readonly HostMember[]) => {
    for (const member of members) directory.keep(member, clock.nowMs(), true);
  };
  const byNumber = (number: string) =>
    answered(() => {
      const same = ({ number: of }: HostMember) =>
        of !== '' && (of === number || (now?.anyCase === true && of.toLowerCase() === number.toLowerCase()));
      const all = now?.host ?? [];
      const found = all.find((member) => member.number === number) ?? all.find(same);
      if (found === undefined) return nothing;
      keep([found]);
      return { ok: true, value: found, overlapsNoSend: true } as const;
    });
  const byPhone = (phone: string) =>
    answered(() => {
      if (now?.hasPhones === false) return said('refused');
      const digits = (text: string) => text.replace(/\D/g, '');
      const same = ({ phone: of }: HostMember) =>
        of !== '' && (of === phone || (now?.anyEnd === true && digits(of).endsWith(digits(phone).slice(-4))));
      const found = (now?.host ?? []).filter(same);
      keep(found);
      return { ok: true, value: found } as const;
    });
  const reader = { byNumber, byPhone, byUid: async () => nothing } as unknown as MemberReader;
  const lookUp = createLookUpService({
    ...{ directory, outbox, reader, clock, random: realRandom, canCall: () => now?.network !== 'away' },
    callBudget: budgetOf(),
    freshMs: () => 180_000,
    shownEntries: () => () => null as never,
    link: { state: { ...startingLink, reach: 'online' } } as never,
    today: () => '2026-01-15',
  });

  const answer = () => {
    for (const give of held.splice(0)) give();
  };
  const turn = () => new Promise((resolve) => setImmediate(resolve));

  /** As the form does it: who is alone and may be taken is taken, and leaves it where KYBIO then says otherwise. */
  const credit = async (query: string): Promise<string | null> => {
    const finding = lookUp.find(query);
    const at = clock.waiting().indexOf(TIMEOUT_MS);
    if (at >= 0 && now?.network === 'late') clock.ring(at);
    for (let left = 4; left > 0 && at < 0 && now?.network === 'late'; left -= 1) {
      answer();
      await turn();
    }
    const found = await finding;
    if (!found.ok) return null;
    const { members, stillAsking, isForPicker } = found.value;
    const [only, ...others] = members;
    const taken = isForPicker || others.length > 0 ? null : (only?.customerUid ?? null);
    if (stillAsking === null) return taken;
    const coming = lookUp.answer(stillAsking);
    for (let left = 4; left > 0; left -= 1) {
      answer();
      await turn();
    }
    const said = await coming;
    if (!said.ok || said.value.isForPicker || said.value.members.length > 1) return null;
    return said.value.members.some(({ customerUid }) => customerUid === taken) ? taken : null;
  };

  return async (asked: LookUpCase): Promise<readonly Credited[]> => {
    now = asked;
    held = [];
    // Until the next case nothing of this one is new.
    clock.pass(3_600_000);
    directory.forgetOlder(Number.MAX_SAFE_INTEGER, Number.MAX_SAFE_INTEGER);
    const kept = [...(asked.inStep ? asked.host : []), ...asked.kept];
    for (const member of kept) directory.keep(member, clock.nowMs() - 3_600_000, true);
    const all: Credited[] = [];
    for (const query of asked.queries) {
      const before = kept
        .map(({ customerUid }) => directory.byUid(customerUid))
        .flatMap((one) => (one === null ? [] : asRead(one)));
      const customerUid = await credit(query);
      if (customerUid !== null)
        all.push({ query, customerUid, host: asked.host, kept: before, wasAway: asked.network === 'away' });
    }
    return all;
  };
}

/** By the host's own list: it names this one for that very card, or nobody else for that whole phone as it is written. */
export function isRight({ query, customerUid, host, kept, wasAway }: Credited): boolean {
  const asRead = query.trim();
  const asked = narrowed(asRead);
  const ofCard = (wasAway ? kept : host).filter(({ number }) => number === asRead);
  if (ofCard.length > 0) return ofCard.every((member) => member.customerUid === customerUid);
  // Not just as it was read: only KYBIO's word for that card takes one, and no phone does.
  if (asked !== asRead)
    return !wasAway && host.some((one) => one.number === asked && one.customerUid === customerUid);
  const credited = host.find((member) => member.customerUid === customerUid);
  if (wasAway || credited === undefined || !/^\+?[\d\s()-]+$/.test(asked)) return false;
  const isWhole = asked.replace(/\D/g, '') === credited.phone.replace(/\D/g, '');
  return isWhole && host.filter(({ phone }) => phone === credited.phone).length === 1;
}
