import { describe, expect, it } from 'vitest';
import { defaultPolicy } from '../../main/counter/policy.ts';
import { createPolicyRepository } from '../../main/counter/policy-repository.ts';
import { loadEvidencePolicy, POLICY_KEY } from '../../main/hosts/host/evidence-policy.ts';
import { theManager } from '../../main/kernel/actor.ts';
import { createSettings } from '../../main/kernel/database/settings-repository.ts';
import { createJournalRepository } from '../../main/ledger/journal/journal-repository.ts';
import { amount, policySchema } from '../../preload/contract/index.ts';
import { openOutbox } from '../kit/outbox.ts';

function openPolicy() {
  const { db, clock } = openOutbox();
  const settings = createSettings(db);
  const journal = createJournalRepository(db, Buffer.alloc(32, 1), clock);
  const policy = createPolicyRepository({ db, settings, journal, currency: 'SGD' });
  const notes = () =>
    db.prepare("SELECT actor, reason, content FROM journal WHERE event = 'setting'").all() as {
      actor: string;
      content: string;
    }[];
  return { db, clock, settings, policy, notes, journal };
}

describe('the policy', () => {
  it.each(['SGD', 'JPY', 'IDR', 'KWD', 'XXX'])('is safe by default in %s', (currency) => {
    const policy = defaultPolicy(currency);
    expect(policySchema.parse(policy)).toEqual(policy);
    expect(policy).toMatchObject({ tillNumbersDeclared: false, quiescenceMs: 150_000 });
    expect(policy.memberWaitingCap).toBe(policy.balanceCap);
  });

  it('is one text for the form, the sync loop and the purse', () => {
    const { settings, policy } = openPolicy();
    expect(policy.current()).toMatchObject({ callsPerDay: 300 });
    policy.save({ ...policy.current(), quiescenceMs: 200_000, callsPerDay: 3_000 }, theManager);
    expect(loadEvidencePolicy(settings)).toEqual({
      tillNumbersDeclared: false,
      quiescenceMs: 200_000,
      secondReadingMs: 60_000,
      lookAfterMs: 3_600_000,
    });
    expect(policy.current().callsPerDay).toBe(3_000);
  });

  it('journals who changed what, and nothing where nothing changed', () => {
    const { policy, notes } = openPolicy();
    policy.save(policy.current(), theManager);
    expect(notes()).toEqual([]);
    policy.save({ ...policy.current(), balanceCap: amount('500') }, theManager);
    expect(notes()).toMatchObject([{ actor: 'manager', reason: 'policy' }]);
    expect(JSON.parse(notes()[0]?.content ?? '')).toEqual({
      balanceCap: { before: '2000', after: '500' },
    });
  });

  it('is not changed where that cannot be journaled', () => {
    const { db, settings, policy } = openPolicy();
    db.exec("CREATE TRIGGER refuse BEFORE INSERT ON journal BEGIN SELECT RAISE(ABORT, 'no'); END");
    expect(() => policy.save({ ...policy.current(), tillNumbersDeclared: true }, theManager)).toThrow();
    expect(settings.get(POLICY_KEY)).toBeNull();
    const keyless = createPolicyRepository({ db, settings, journal: null, currency: 'SGD' });
    expect(() => keyless.save({ ...policy.current(), tillNumbersDeclared: true }, theManager)).toThrow(
      'key-lost',
    );
    expect(policy.current().tillNumbersDeclared).toBe(false);
  });

  it.each([
    '',
    'no JSON',
    '[]',
    'null',
    '{"quiescenceMs":40000,"secondReadingMs":1,"tillNumbersDeclared":"yes","balanceCap":"1e9"}',
  ])('out of %j is never less careful than by default', (text) => {
    const { settings, policy } = openPolicy();
    settings.set(POLICY_KEY, text);
    expect(policy.current()).toEqual(defaultPolicy('SGD'));
    expect(loadEvidencePolicy(settings)).toMatchObject({
      quiescenceMs: 150_000,
      secondReadingMs: 60_000,
    });
  });

  it('keeps what is right beside what is wrong', () => {
    const { settings, policy } = openPolicy();
    const kept = { quiescenceMs: 1, tillNumbersDeclared: true, of: 'a later version' };
    settings.set(POLICY_KEY, JSON.stringify(kept));
    expect(policy.current()).toEqual({ ...defaultPolicy('SGD'), tillNumbersDeclared: true });
  });
});
