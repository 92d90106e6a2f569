import type { PolicyRepository, RuleRepository } from '../counter/index.ts';
import { CALL_COUNT_KEY } from '../hosts/calls/index.ts';
import { CLOSED_KEY, cautiousSettings, HOST_PROFILE_KEY } from '../hosts/index.ts';
import { theProgram } from '../kernel/actor.ts';
import type { Settings } from '../kernel/database/settings-repository.ts';
import { type CheckUpRepository, provingNothing } from '../sending/index.ts';

export interface SetBackParts {
  readonly settings: Settings;
  readonly policy: PolicyRepository;
  readonly checkUps: Pick<CheckUpRepository, 'load' | 'save'>;
  readonly ruleBooks: Pick<RuleRepository, 'setBack'>;
}

/**
 * After somebody has altered the settings: nothing that lets the till decide or send by itself is relied on
 * until a manager declares, or the host proves, it anew. Limits and patience stay: their bounds hold for
 * whatever is stored. Returns what was set back; the caller's transaction holds it together.
 */
export function setBack({ settings, policy, checkUps, ruleBooks }: SetBackParts): readonly string[] {
  const { tillNumbersDeclared } = cautiousSettings;
  const before = policy.current();
  policy.save({ ...before, tillNumbersDeclared }, theProgram);
  const checkUp = checkUps.load();
  if (checkUp !== null) checkUps.save(provingNothing(checkUp), { what: 'not believed any more' });
  const isProfiled = settings.get(HOST_PROFILE_KEY) !== null;
  settings.remove(HOST_PROFILE_KEY);
  const wasClosed = settings.get(CLOSED_KEY) !== null;
  settings.remove(CLOSED_KEY);
  // Dated, and asked for anew once a check-up has found again that it is told.
  settings.remove(CALL_COUNT_KEY);
  const areRulesOther = ruleBooks.setBack();
  return [
    ...(wasClosed ? [CLOSED_KEY] : []),
    ...(before.tillNumbersDeclared ? ['tillNumbersDeclared'] : []),
    ...(checkUp === null ? [] : ['check-up']),
    ...(isProfiled ? [HOST_PROFILE_KEY] : []),
    ...(areRulesOther ? ['rules'] : []),
  ];
}
