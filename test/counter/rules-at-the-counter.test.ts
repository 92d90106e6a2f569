import { describe, expect, it } from 'vitest';
import type { Actor } from '../../main/kernel/actor.ts';
import { theManager } from '../../main/kernel/actor.ts';
import { noTerms } from '../../main/ledger/tables/fact-columns.ts';
import { amount, type ReversedParts, type ShopRules } from '../../preload/contract/index.ts';
import { atTheTill } from '../kit/actors.ts';
import { openCounter } from '../kit/counter.ts';
import { draft, signer } from '../kit/outbox.ts';
import { realRandom } from '../kit/practice-store.ts';
import { bonusRule, pointsRule, shopRules } from '../kit/rules.ts';

type Counter = ReturnType<typeof openCounter>;

/** Saves rules over those that hold. */
function save({ ruleBooks }: Counter, rules: ShopRules): void {
  const saved = ruleBooks.save(rules, ruleBooks.current().version, theManager);
  if (!saved.ok) throw new Error(saved.error.code);
}

const fivePerFifty = shopRules({ bonus: [bonusRule()] });

function openWith(rules: ShopRules = fivePerFifty): Counter {
  const counter = openCounter();
  save(counter, rules);
  return counter;
}

/** As a cashier confirms it who saw what the rules give. */
const seen = (change: Readonly<Record<string, unknown>> = {}) => ({
  balanceIncrement: amount('55'),
  pointIncrement: amount('50'),
  bonus: amount('5'),
  rulesVersion: 1,
  ...change,
});

const given = ({ service, known: { customerUid } }: Counter, principal: string, purchase = '0') => {
  const preview = service.preview({ customerUid, principal: amount(principal), purchase: amount(purchase) });
  if (!preview.ok) throw new Error(preview.error.code);
  return preview.value;
};

const create = (counter: Counter, change: Readonly<Record<string, unknown>> = {}) =>
  counter.service.create(counter.request(seen(change)), atTheTill);

function saved(counter: Counter, change: Readonly<Record<string, unknown>> = {}) {
  const made = create(counter, change);
  if (!made.ok) throw new Error(made.error.code);
  return made.value;
}

const refusal = (code: string) => ({ ok: false, error: { code } });

describe('a bonus', () => {
  it('of once a day is not had again where its rule was given another name since', () => {
    const counter = openWith(shopRules({ bonus: [bonusRule({ oncePerDay: true })] }));
    saved(counter);
    const { version, ...rules } = counter.ruleBooks.current();
    const renamed = rules.bonus.map((rule) => ({ ...rule, name: 'Lunch: pay 50 get 5' }));
    save(counter, { ...rules, bonus: renamed });
    expect(given(counter, '50')).toMatchObject({ version: version + 1, bonus: '0', rule: null });
    // Another rule under the name of before is another rule.
    const before = bonusRule({ id: 'new', oncePerDay: true });
    save(counter, {
      ...rules,
      bonus: [...renamed.map((rule, at) => ({ ...rule, id: rules.bonus[at]?.id ?? '' })), before],
    });
    expect(given(counter, '50')).toMatchObject({ bonus: '5', rule: before.name });
  });

  it('is previewed, and is one increment with the principal, and a fact of the entry', () => {
    const counter = openWith();
    expect(given(counter, '50')).toEqual({
      version: 1,
      bonus: '5',
      rule: 'Pay 50 get 5',
      points: null,
      isRounded: false,
    });
    expect(saved(counter)).toMatchObject({
      balanceIncrement: '55',
      pointIncrement: '50',
      kind: 'top-up',
      terms: { bonus: '5', rule: 'Pay 50 get 5', rulesVersion: 1, purchase: null, reason: null },
    });
  });

  it.each([
    ['nobody saw it', { balanceIncrement: amount('50'), bonus: undefined, rulesVersion: undefined }],
    ['another was seen', { balanceIncrement: amount('56'), bonus: amount('6') }],
    ['rules of another version were seen', { rulesVersion: 2 }],
    ['it is for another principal', { balanceIncrement: amount('54') }],
  ])('is not given where %s', (_, change) => {
    const counter = openWith();
    expect(create(counter, change)).toEqual(refusal('given-changed'));
    expect(counter.rows()).toBe(0);
  });

  it('less than nothing is refused', () => {
    expect(create(openWith(), { balanceIncrement: amount('45'), bonus: amount('-5') })).toEqual(
      refusal('invalid-request'),
    );
  });

  it('counts to what one entry may add', () => {
    const counter = openWith(
      shopRules({ bonus: [bonusRule({ tiers: [{ from: amount('50'), gives: amount('500') }] })] }),
    );
    const largest = { balanceIncrement: amount('2400'), bonus: amount('500') };
    expect(create(counter, largest)).toMatchObject({ error: { code: 'above-cap' } });
    expect(create(counter, { balanceIncrement: amount('2000'), bonus: amount('500') })).toMatchObject({
      ok: true,
    });
  });

  it('stays as it was agreed while rules are changed, and the same request answers with the same entry', () => {
    const counter = openWith();
    const request = counter.request(seen());
    const first = counter.service.create(request, atTheTill);
    save(counter, shopRules({ bonus: [bonusRule({ tiers: [{ from: amount('50'), gives: amount('9') }] })] }));
    expect(counter.service.create(request, atTheTill)).toEqual(first);
    expect(counter.rows()).toBe(1);
    const [entry] = [...counter.outbox.all()];
    expect(entry?.terms).toMatchObject({ bonus: '5', rulesVersion: 1 });
    for (const change of [{ bonus: amount('4') }, { given: amount('60') }])
      expect(counter.service.create({ ...request, ...change }, atTheTill)).toEqual(
        refusal('entered-otherwise'),
      );
    expect(create(counter)).toEqual(refusal('given-changed'));
  });

  it('had once a day hides no repetition: who pays the same again at once is asked about', () => {
    const counter = openWith(shopRules({ bonus: [bonusRule({ oncePerDay: true })] }));
    counter.around.policy = { repeatWithinMs: 300_000 };
    saved(counter);
    const without = { balanceIncrement: amount('50'), bonus: amount('0') };
    expect(create(counter, without)).toEqual(refusal('asked-twice'));
    // As much as came to the account, and not what was paid before.
    expect(create(counter, { ...without, balanceIncrement: amount('55') })).toMatchObject({ ok: true });
    expect(create(counter, { ...without, again: true })).toMatchObject({ ok: true });
  });

  it('once a day is had once, and may be had again where it was cancelled', () => {
    const counter = openWith(shopRules({ bonus: [bonusRule({ oncePerDay: true })] }));
    const entry = saved(counter);
    expect(given(counter, '50')).toMatchObject({ bonus: '0', rule: null });
    expect(create(counter, { note: 'again' })).toEqual(refusal('given-changed'));
    counter.service.cancel(entry.id, atTheTill);
    expect(given(counter, '50')).toMatchObject({ bonus: '5' });
  });

  it('once a day is not had again where the clock was set back, and is on the next day', () => {
    const counter = openWith(shopRules({ bonus: [bonusRule({ oncePerDay: true })] }));
    saved(counter);
    counter.around.today = '2026-01-14';
    expect(given(counter, '50')).toMatchObject({ bonus: '0', rule: null });
    counter.around.today = '2026-01-16';
    expect(given(counter, '50')).toMatchObject({ bonus: '5' });
  });

  it('once a day is not had again where a receipt alone tells of the first', () => {
    const counter = openWith(shopRules({ bonus: [bonusRule({ oncePerDay: true })] }));
    const terms = { ...noTerms, bonus: amount('5'), rulesVersion: 1 };
    const onPaper = counter.outbox.add({ ...draft(), terms }, signer.sign);
    if (!onPaper.ok) throw new Error(onPaper.error.code);
    expect(given(counter, '50')).toMatchObject({ bonus: '0', rule: null });
    counter.service.cancel(onPaper.value.id, atTheTill);
    expect(given(counter, '50')).toMatchObject({ bonus: '5' });
  });
});

describe('points, purchases and reasons', () => {
  const rules = shopRules({
    points: [pointsRule({ every: amount('10') }), pointsRule({ name: 'Shop', per: 'purchase' })],
    reasons: ['Birthday'],
  });
  const award = { balanceIncrement: amount('0'), bonus: undefined };

  it('points that a rule gives are those, and no others', () => {
    const counter = openWith(rules);
    const change = { balanceIncrement: amount('59'), bonus: undefined };
    expect(create(counter, { ...change, pointIncrement: amount('50') })).toEqual(refusal('given-changed'));
    expect(saved(counter, { ...change, pointIncrement: amount('5') }).terms).toMatchObject({
      rulesVersion: 1,
      rule: null,
    });
  });

  it('a purchase is a fact of the entry', () => {
    const counter = openWith(rules);
    const bought = { ...award, purchase: amount('12.90'), pointIncrement: amount('12') };
    expect(saved(counter, bought)).toMatchObject({ kind: 'award', terms: { purchase: '12.9' } });
    const without = openWith();
    expect(create(without, { ...award, purchase: amount('12.90') })).toEqual(refusal('given-changed'));
  });

  it('an award has a reason of the shop, and a top-up none', () => {
    const counter = openWith(rules);
    expect(saved(counter, { ...award, reason: 'Birthday' })).toMatchObject({ terms: { reason: 'Birthday' } });
    expect(create(counter, { ...award, reason: 'Weather' })).toEqual(refusal('given-changed'));
    const toppedUp = { balanceIncrement: amount('10'), bonus: undefined, pointIncrement: amount('1') };
    expect(create(counter, { ...toppedUp, reason: 'Birthday' })).toEqual(refusal('invalid-request'));
  });
});

describe('a reversal', () => {
  const done = (balance = '200') => {
    const counter = openWith();
    const entry = saved(counter);
    counter.attempt(entry.id, 'applied');
    counter.around.online = false;
    counter.directory.keep({ ...counter.known, balance: amount(balance), point: amount('900') }, 2, true);
    const reverse = (take: ReversedParts | null = null, requestId = realRandom.uuid()) =>
      counter.service.reverse(entry.id, requestId, theManager, take);
    const plan = async (principal?: string) => {
      const planned = await counter.service.planReversal(
        entry.id,
        principal === undefined ? undefined : amount(principal),
      );
      if (!planned.ok) throw new Error(planned.error.code);
      return planned.value;
    };
    return { counter, entry, reverse, plan };
  };
  const take = (principal: string, bonus: string, points: string, letGo: string): ReversedParts => ({
    principal: amount(principal),
    bonus: amount(bonus),
    points: amount(points),
    letGo: amount(letGo),
  });

  it('takes back principal, bonus and points exactly, once', async () => {
    const { reverse, plan } = done();
    expect(await plan()).toEqual({
      take: take('50', '5', '50', '0'),
      principal: '50',
      isRounded: false,
      holds: { balance: '200', point: '900' },
      isRead: false,
    });
    expect(reverse()).toMatchObject({
      value: {
        balanceIncrement: '-55',
        pointIncrement: '-50',
        terms: { bonus: '-5', bonusLetGo: null, rulesVersion: 1 },
      },
    });
    expect(reverse()).toEqual(refusal('entry-not-reversible'));
  });

  it('of a part takes its share of bonus and points', async () => {
    const { reverse, plan } = done();
    const planned = await plan('33.33');
    expect(planned).toMatchObject({ take: take('33.33', '3.33', '33', '0'), isRounded: true });
    expect(reverse(planned.take)).toMatchObject({
      value: { balanceIncrement: '-36.66', pointIncrement: '-33' },
    });
  });

  it('of a part is not answered with where the whole is asked for, nor the other way about', () => {
    const requestId = realRandom.uuid();
    const part = done();
    const reversed = part.reverse(take('20', '2', '20', '0'), requestId);
    expect(reversed).toMatchObject({ ok: true, value: { balanceIncrement: '-22' } });
    expect(part.reverse(null, requestId)).toEqual(refusal('entered-otherwise'));
    expect(part.reverse(take('20', '2', '20', '0'), requestId)).toEqual(reversed);
    const whole = done();
    const all = whole.reverse(null, requestId);
    expect(whole.reverse(take('20', '2', '20', '0'), requestId)).toEqual(refusal('entered-otherwise'));
    expect(whole.reverse(take('50', '5', '50', '0'), requestId)).toEqual(all);
    expect(whole.reverse(null, requestId)).toEqual(all);
    expect([part.counter.rows(), whole.counter.rows()]).toEqual([2, 2]);
  });

  it.each([
    ['more than there was', take('50.01', '5', '50', '0')],
    ['another share', take('20', '5', '20', '0')],
    ['nothing', take('0', '0', '0', '0')],
  ])('of %s is refused', (_, wrong) => {
    expect(done().reverse(wrong)).toEqual(refusal('reversal-changed'));
  });

  it('lets go of a bonus that was spent, where a manager saw it', async () => {
    const { reverse, plan, counter } = done('52');
    expect(reverse()).toEqual(refusal('reversal-changed'));
    const planned = await plan();
    expect(planned).toMatchObject({ take: take('50', '2', '50', '3'), holds: { balance: '52' } });
    const requestId = realRandom.uuid();
    const reversed = reverse(planned.take, requestId);
    expect(reversed).toMatchObject({
      value: { balanceIncrement: '-52', terms: { bonus: '-2', bonusLetGo: '3' } },
    });
    expect(reverse(planned.take, requestId)).toEqual(reversed);
    expect(reverse(take('50', '5', '50', '0'), requestId)).toEqual(refusal('entered-otherwise'));
    expect(counter.rows()).toBe(2);
  });

  it('of an entry without a bonus shows what the member has, as read now', async () => {
    const counter = openCounter();
    const { id } = counter.confirmed();
    const { known, around } = counter;
    const value = { ...known, balance: amount('4'), point: amount('7') };
    around.answer = { ok: true, value, overlapsNoSend: true };
    expect(await counter.service.planReversal(id, undefined)).toMatchObject({
      value: {
        take: take('10', '0', '0', '0'),
        holds: { balance: '4', point: '7' },
        isRead: true,
      },
    });
    // A part was read with the whole.
    around.answer = null;
    expect(await counter.service.planReversal(id, amount('5'))).toMatchObject({
      value: { holds: { balance: '4' }, isRead: false },
    });
  });

  it('lets go of nothing for a cashier alone, also where the shop lets cashiers reverse', async () => {
    const { plan, counter, entry } = done('52');
    const planned = await plan();
    const mei = { role: 'cashier', person: 'Mei' } as const;
    const reverse = (who: Actor) => counter.service.reverse(entry.id, realRandom.uuid(), who, planned.take);
    expect(reverse(mei)).toMatchObject({ error: { code: 'approval-needed' } });
    expect(reverse({ ...mei, approvedBy: 'manager:Boss' })).toMatchObject({
      value: { actor: 'Mei', terms: { bonusLetGo: '3', approvedBy: 'manager:Boss' } },
    });
  });

  it('is refused without a network where not even the principal is there', async () => {
    const { reverse, plan } = done('30');
    const planned = await plan();
    expect(planned.take).toEqual(take('50', '0', '50', '5'));
    expect(reverse(planned.take)).toMatchObject({ error: { code: 'would-go-below-zero' } });
  });
});
