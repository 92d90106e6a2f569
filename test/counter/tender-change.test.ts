import { describe, expect, it } from 'vitest';
import { defaultLimits } from '../../main/counter/limits.ts';
import { defaultPolicy } from '../../main/counter/policy.ts';
import { createTenderChange, whyFixed } from '../../main/counter/tender-change.ts';
import { theManager } from '../../main/kernel/actor.ts';
import { noTerms } from '../../main/ledger/tables/fact-columns.ts';
import type { Increment } from '../../main/ledger/types.ts';
import { amount, appError, type CellLine, entryStates, err, ok } from '../../preload/contract/index.ts';
import { everybodyMay } from '../kit/counter.ts';
import { openOutbox } from '../kit/outbox.ts';

const entry: Parameters<typeof whyFixed>[0] = {
  ...({ kind: 'top-up', state: 'confirmed' } as const),
  balanceIncrement: amount('55'),
  terms: { ...noTerms, tender: 'cash', bonus: amount('5') },
};

describe('how an entry of the open shift was paid', () => {
  it.each(entryStates)('may be changed in whatever state it is, but where it was given back: %s', (state) => {
    const isBack = state === 'rejected' || state === 'cancelled';
    expect(whyFixed({ ...entry, state }, 'sale', false)).toBe(isBack ? 'given-back' : null);
  });

  it('stays where no drawer of this till is the fuller or the emptier by it', () => {
    expect(whyFixed(entry, 'sale', true)).toBe('taken-back');
    expect(whyFixed({ ...entry, kind: 'reversal' }, 'sale', false)).toBe('reversal');
    for (const line of ['taken-up'] as const satisfies readonly CellLine[])
      expect(whyFixed(entry, line, false)).toBe(line);
    // All of it is bonus.
    expect(whyFixed({ ...entry, balanceIncrement: amount('5.00') }, 'sale', false)).toBe('no-money');
  });
});

/** A counter whose open shift begins with an entry. */
function openCounter({ from = 1, problem = null as string | null, elsewhere = [] as number[] } = {}) {
  const till = openOutbox();
  const service = createTenderChange({
    ...{ ...till, permissions: everybodyMay, keeper: { problem: () => problem } },
    shifts: {
      openLineOf: (sequence) =>
        sequence < from
          ? err(appError('tender-fixed', { reason: 'earlier-shift' }))
          : ok(elsewhere.includes(sequence) ? 'taken-up' : 'sale'),
    },
    policy: { current: () => ({ ...defaultPolicy('SGD'), tenders: ['cash', 'card'] }) },
    limits: defaultLimits('SGD'),
  });
  const add = (requestId: string): Increment =>
    till.add({ requestId, terms: { ...noTerms, tender: 'cash' } } as never);
  const takeBack = ({ id }: Increment, tender: string): Increment =>
    till.add({
      ...{ requestId: `slip:of ${id}`, kind: 'reversal', corrects: id, balanceIncrement: amount('-20') },
      terms: { ...noTerms, tender },
    } as never);
  const change = ({ id }: Increment) => {
    const changed = service.change(
      { id, requestId: `of ${id}`, was: 'cash', tender: 'card' },
      theManager,
      null,
    );
    return changed.ok ? 'ok' : (changed.error.details?.['reason'] ?? changed.error.code);
  };
  return { till, service, add, takeBack, change };
}

it('what took the place of an entry of an earlier shift was paid in that one', () => {
  const { add, change } = openCounter({ from: 3 });
  const [first, second] = [add('a'), add('b')];
  const [third, fourth] = [add(`replace:${first.id}`), add('c')];
  const fifth = add(`replace:${fourth.id}`);
  expect([first, second, third, fourth, fifth].map(change)).toEqual([
    ...['earlier-shift', 'earlier-shift', 'earlier-shift', 'ok', 'ok'],
  ]);
});

it('what was given back out of this drawer by another way is changed to that one alone', () => {
  const { service, add, takeBack, change } = openCounter({ elsewhere: [6] });
  const [alike, other, elsewhere] = [add('a'), add('b'), add('c')];
  takeBack(alike, 'cash');
  takeBack(other, 'card');
  expect(takeBack(elsewhere, 'card').sequence).toBe(6);
  const asked = [alike, other, elsewhere];
  expect(asked.map(({ id }) => service.look(id).ways)).toEqual([[], ['card'], []]);
  expect(asked.map(change)).toEqual(['taken-back', 'ok', 'taken-back']);
  expect(service.look(other.id).ways).toEqual([]);
});

it('what the journal does not vouch for is not told as what it was', () => {
  const { till, service, add, change } = openCounter({ problem: 'facts' });
  const altered = add('a');
  expect(change(altered)).toBe('entry-not-vouched');
  expect(till.tenderChanges.ofEntry(altered.sequence)).toEqual([]);
  expect(service.look('nobody')).toEqual({ ways: [], changes: [] });
});

it('is offered where the till has another way, and tells what was changed before', () => {
  const { service, add, change } = openCounter();
  const one = add('a');
  expect(service.look(one.id)).toEqual({ ways: ['card'], changes: [] });
  expect(change(one)).toBe('ok');
  expect(service.look(one.id)).toMatchObject({
    ways: ['cash'],
    changes: [{ was: 'cash', now: 'card', who: 'manager', approvedBy: null }],
  });
});
