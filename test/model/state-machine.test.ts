import { describe, expect, it } from 'vitest';
import { settle } from '../../main/ledger/settle.ts';
import { nextStep } from '../../main/sending/investigation.ts';
import { plan } from '../../main/sending/plan.ts';
import { sayFigures } from '../torture/support/figures.ts';
import { explore } from './explore.ts';
import { mainRules, type Rules } from './rules.ts';
import type { Setting } from './world.ts';
import { settings, worldAt } from './worlds.ts';

/** Every step that a till takes today; the journal vouches for some more, which a later one may take. */
const everyStep = [
  ...['queued → sending', 'queued → cancelled', 'queued → review'],
  ...['sending → confirmed', 'sending → rejected', 'sending → unknown', 'sending → queued'],
  ...['unknown → confirmed', 'unknown → review', 'unknown → sending'],
  ...['review → confirmed', 'review → queued', 'review → cancelled'],
];

/** Seconds on a free machine; a busy one may take longer. */
const PATIENCE = { timeout: 120_000 };

describe('in every state that a small world can reach, each rule holds and a way leads out', () => {
  const walked = new Set<string>();
  let states = 0;
  let moves = 0;

  it.each(settings.map((setting): [string, Setting] => [setting.name, setting]))(
    '%s',
    PATIENCE,
    (name, setting) => {
      const found = explore(setting);
      expect(found.broken).toBeNull();
      for (const step of found.steps) walked.add(step);
      states += found.states;
      moves += found.moves;
      sayFigures(`${name}: ${found.states} states, ${found.moves} moves`);
    },
  );

  it('and every step of the protocol was taken somewhere', () => {
    sayFigures(`the model: ${settings.length} worlds, ${states} states visited, ${moves} moves checked`);
    expect([...walked].sort()).toEqual([...everyStep].sort());
  });
});

interface Control {
  readonly rules?: Partial<Rules>;
  readonly setting: Setting;
  /** What is found. */
  readonly what: string;
}

const controls: Readonly<Record<string, Control>> = {
  'unknowns are sent again': {
    rules: { nextStep: (...of) => (of[4].maySend ? { do: 'send-again' } : { do: 'wait', untilMs: 0 }) },
    setting: worldAt('cautious', [0], ['lost']),
    what: 'entry 1 is applied twice',
  },
  'protocol rule 4 left out: a later attempt speaks for an earlier one': {
    rules: { settle: (before, ...end) => settle({ ...before, undecidedEarlier: false }, ...end) },
    setting: worldAt('proven', [0], ['lost', 'connection-refused', 'rejected']),
    what: 'entry 1 is queued and was applied',
  },
  'protocol rule 4 left out: a later attempt makes untouched': {
    rules: { settle: (before, ...end) => settle({ ...before, touched: false }, ...end) },
    setting: worldAt('cautious', [0], ['refused-status', 'connection-refused']),
    what: 'a cashier cancels what was sent',
  },
  'decided before quiescence': {
    rules: { quiescenceOutlastsDelays: false },
    setting: worldAt('cautious', [0], ['lost', 'late', 'look-up']),
    what: 'entry 1 is queued and may still arrive',
  },
  'an exact movement decides': {
    rules: {
      nextStep: (...of) => {
        const step = nextStep(...of);
        return step.do === 'review' && step.verdict.reasons.includes('exact-movement')
          ? { do: 'settle', verdict: { ...step.verdict, decision: 'applied' } }
          : step;
      },
    },
    setting: worldAt('cautious', [0], ['lost', 'lost-before-applying', 'look-up']),
    what: 'entry 1 is confirmed and was not applied',
  },
  'protocol rule 3 left out: an undecided entry holds back nobody': {
    rules: { plan: (input) => plan({ ...input, busyMembers: new Set() }) },
    setting: worldAt('cautious', [0, 0], ['lost']),
    what: 'two of a member at once',
  },
  'a later entry of the member preferred': {
    rules: { plan: (input) => plan({ ...input, candidates: [...input.candidates].reverse() }) },
    setting: worldAt('cautious', [0, 0], []),
    what: 'a later entry of the member goes first',
  },
  'protocol rule 7 left out: an unknown holds back no other member': {
    rules: { plan: (input) => plan({ ...input, link: { ...input.link, pauses: [] } }) },
    setting: worldAt('cautious', [0, 1], ['lost']),
    what: 'a send before KYBIO has answered a read',
  },
  'a restart takes up what it finds in `sending`': {
    rules: { interrupted: 'queued' },
    setting: worldAt('cautious', [0], ['crash']),
    what: 'entry 1 is queued and may still arrive',
  },
  'nobody is ever asked': {
    rules: {
      nextStep: (of, profile, policy, monotonicMs, may) => {
        const step = nextStep(of, profile, policy, monotonicMs, may);
        return step.do === 'review' ? { do: 'wait', untilMs: Number.POSITIVE_INFINITY } : step;
      },
    },
    setting: worldAt('cautious', [0], ['lost']),
    what: 'an entry has no way out',
  },
  'what was rejected when it was sent again is sent again': {
    rules: { nextStep: (of, ...rest) => nextStep({ ...of, refusedAgain: false }, ...rest) },
    setting: worldAt('proven', [0], ['lost', 'rejected']),
    what: 'an entry goes round in a circle',
  },
};

describe('what is left out is found, by a shortest way', () => {
  it.each(Object.entries(controls))('%s', PATIENCE, (name, { rules, setting, what }) => {
    const { broken, states } = explore(setting, { ...mainRules, ...rules });
    sayFigures(`${name}: found after ${states} states: ${broken?.what}`);
    for (const [at, label] of (broken?.path ?? []).entries()) sayFigures(`  ${at + 1}. ${label}`);
    expect(broken?.what).toBe(what);
  });
});
