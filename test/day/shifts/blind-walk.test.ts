import { expect, it } from 'vitest';
import { reportCsv } from '../../../main/day/shifts/report-csv.ts';
import { meiLing, practiceMembers } from '../../../main/hosts/practice/members.ts';
import {
  type Amount,
  addAmounts,
  amount,
  type ChannelName,
  channelNames,
  channels,
  type EntryFilter,
  findStates,
  zeroAmount,
} from '../../../preload/contract/index.ts';
import { topUp } from '../../kit/program.ts';
import { bonusRule, pointsRule, shopRules } from '../../kit/rules.ts';
import { openShop, pins, type Shop, signIn } from '../../people/support.ts';

// The one walk of all channels and pushes in an outage: the strictest case, in which what waits is the cash that was taken.

/** What would end the count, the session or the outage. */
const notWalked: ReadonlySet<ChannelName> = new Set<ChannelName>([
  ...(['shifts:commitCount', 'shifts:leaveCount', 'people:lock', 'manager:lock', 'policy:save'] as const),
  ...(['setup:leavePractice', 'setup:openPractice', 'app:close', 'practice:setPlug'] as const),
]);

const float = amount('1008.01');
/** A day of several members, with 7319.43 expected in the drawer. */
const inCash = ['2511.17', '1998.44', '1301.8', '500.01'].map((text) => amount(text));
const byCard = amount('255.05');
const EXPECTED = '7319.43';

const sum = (values: readonly Amount[]): Amount => addAmounts(zeroAmount, ...values);

/** As one number is always written. */
const canonical = (text: string): string => {
  const [whole = '', fraction = ''] = text.replaceAll(',', '').split('.');
  const tail = fraction.replace(/0+$/, '');
  return `${whole.replace(/^0+(?=\d)/, '')}${tail === '' ? '' : `.${tail}`}`;
};

/** In units, in cents, and as the tables have it. */
const spellings = (value: Amount): readonly string[] =>
  [0, 2, 4].map((places) => {
    const [whole = '', fraction = ''] = value.split('.');
    const digits = `${whole}${fraction.padEnd(places, '0').slice(0, places)}`;
    return canonical(places === 0 ? value : digits);
  });

interface Part {
  readonly paid: Amount;
  readonly bonus: Amount;
  readonly isCash: boolean;
}

/** Each sum of more than one entry in which there is cash, with the float and without; and one entry's with the float. */
function untoldOf(parts: readonly Part[]): ReadonlySet<string> {
  const untold = new Set<string>();
  for (let mask = 1; mask < 2 ** parts.length; mask += 1) {
    const chosen = parts.filter((_, at) => (mask & (2 ** at)) !== 0);
    if (!chosen.some(({ isCash }) => isCash)) continue;
    const paid = sum(chosen.map((one) => one.paid));
    const bonus = sum(chosen.map((one) => one.bonus));
    const bare = [paid, addAmounts(paid, bonus)];
    const told = bare.map((value) => addAmounts(value, float));
    for (const value of chosen.length > 1 ? [...bare, ...told] : told)
      for (const text of spellings(value)) untold.add(text);
  }
  return untold;
}

const found = (value: unknown, untold: ReadonlySet<string>): readonly string[] =>
  [...JSON.stringify(value).matchAll(/(?<![\w.,])-?(\d[\d,]*(?:\.\d+)?)(?![\w])/g)]
    .map(([, text = '']) => canonical(text))
    .filter((text) => untold.has(text));

const anything: EntryFilter = {
  ...{ text: '', customerUid: null, fromDay: null, toDay: null, sumOf: 'principal', least: null, most: null },
  ...{ cashier: '', tender: null, state: null, kind: null, shift: null },
};

function candidates(shop: Shop, ids: readonly string[]): readonly Readonly<Record<string, unknown>>[] {
  const filters: EntryFilter[] = [
    ...[anything, { ...anything, tender: 'cash' }, { ...anything, shift: 1 }],
    ...findStates.map((state) => ({ ...anything, state })),
    { ...anything, customerUid: meiLing.customerUid },
  ];
  const storeDay = shop.till.snapshot().today.storeDay;
  const plain = [
    ...[{}, { number: null }, { number: 1 }, { before: null }, { ids }, { query: '' }, { query: 'Tan' }],
    ...ids.flatMap((id) => [{ id }, { id, principal: '1' }, { entryId: id }]),
    ...practiceMembers.flatMap(({ number, customerUid }) => [{ query: number }, { customerUid }]),
    ...filters.flatMap((filter) => [{ filter }, { filter, before: null }]),
    ...[{ reason: null }, { reason: 'x' }, { elsewhere: false }, { fromDay: storeDay, toDay: storeDay }],
  ];
  const pin = { person: shop.idOf('Boss'), pin: pins.boss };
  return [...plain, ...plain.map((args) => ({ ...args, pin }))];
}

async function openOutage() {
  const shown: unknown[] = [];
  const shop = await openShop({ customerScreen: { show: (showing) => void shown.push(showing) } });
  const rules = shopRules({ bonus: [bonusRule()], points: [pointsRule()] });
  const pin = { person: shop.idOf('Boss'), pin: pins.boss };
  await shop.must('rules:save', { rules, basedOn: shop.till.snapshot().rules.version, pin });
  const { policy } = await shop.must('policy:get', {});
  const caps = { balanceCap: amount('9000'), pointCap: amount('9000'), memberWaitingCap: amount('9000') };
  await shop.must('policy:save', { policy: { ...policy, ...caps, tillWaitingCap: amount('90000') }, pin });
  await signIn(shop, 'Mei', pins.mei);
  await shop.must('shifts:open', { float, drawer: 'own' });
  const parts: Part[] = [];
  const ids: string[] = [];
  const enter = async (at: number, paid: Amount, tender: string) => {
    const member = practiceMembers[at] ?? meiLing;
    await shop.must('members:find', { query: member.number });
    const { customerUid } = member;
    const preview = await shop.must('topUps:preview', { customerUid, principal: paid, purchase: zeroAmount });
    const { id } = await shop.must(
      'topUps:create',
      topUp(member, {
        balanceIncrement: addAmounts(paid, preview.bonus),
        pointIncrement: preview.points ?? zeroAmount,
        ...{ bonus: preview.bonus, rulesVersion: preview.version, tender, again: true },
      }),
    );
    ids.push(id);
    parts.push({ paid, bonus: preview.bonus, isCash: tender === 'cash' });
  };
  const [first = zeroAmount, second = zeroAmount, ...others] = inCash;
  await enter(0, first, 'cash');
  await shop.until(({ counts }) => counts.confirmed === 1);
  await shop.must('practice:loseNextReply', { lose: true });
  await enter(1, second, 'cash');
  await shop.until(({ counts }) => counts.unknown === 1);
  await shop.must('practice:setPlug', { in: false });
  for (const [at, paid] of others.entries()) await enter(at + 2, paid, 'cash');
  await enter(4, byCard, 'card');
  await shop.must('shifts:beginCount', {});
  return { shop, shown, ids, untold: untoldOf(parts) };
}

it('in an outage no reply and no push tells what a blind count must find, in whatever way it is written', async () => {
  expect(sum([float, ...inCash])).toBe(EXPECTED);
  const { shop, shown, ids, untold } = await openOutage();
  for (const text of ['7319.43', '731943', '73194300', '6311.42']) expect(untold.has(text)).toBe(true);
  // What is told of the day is how many, and of nothing in it how much.
  const untoldSums = { balance: null, point: null };
  expect(shop.till.snapshot()).toMatchObject({
    waiting: { entries: 3, ...untoldSums },
    today: { done: { entries: 1, ...untoldSums }, checking: { entries: 1, ...untoldSums } },
  });
  const tells: (readonly [string, readonly string[]])[] = [];
  const asked = new Set<string>();
  for (const name of channelNames.filter((one) => !notWalked.has(one)))
    for (const args of candidates(shop, ids)) {
      if (!channels[name].args.safeParse(args).success) continue;
      const answer = await shop.call(name, args);
      if (answer.ok) asked.add(name);
      const sums = found(answer, untold);
      if (sums.length > 0) tells.push([name, sums]);
    }
  for (const [number, picture] of shop.pushed.entries())
    for (const [topic, value] of Object.entries(picture)) {
      const sums = found(value, untold);
      if (sums.length > 0) tells.push([`push ${number}: ${topic}`, sums]);
    }
  expect(tells).toEqual([]);
  expect(found(shown, untold)).toEqual([]);
  const { report } = await shop.must('shifts:report', { number: null });
  expect(found(reportCsv(report), untold)).toEqual([]);
  // It was no empty walk: these are known to answer with sums.
  for (const name of ['app:snapshot', 'members:card', 'review:list', 'find:sums'] as const)
    expect(asked).toContain(name);
  for (const name of ['find:entries', 'find:rows', 'shifts:report', 'support:diagnostics'] as const)
    expect(asked).toContain(name);
  expect(shown.length).toBeGreaterThan(0);
}, 120_000);
