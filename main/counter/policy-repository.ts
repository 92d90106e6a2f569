import { appError, type Policy } from '../../preload/contract/index.ts';
import { POLICY_KEY } from '../hosts/index.ts';
import { type Actor, actorText } from '../kernel/actor.ts';
import { DatabaseFailure } from '../kernel/database/failure.ts';
import type { Db } from '../kernel/database/open.ts';
import type { Settings } from '../kernel/database/settings-repository.ts';
import type { JournalRepository } from '../ledger/journal/index.ts';
import { defaultPolicy, policyChanges, readPolicy } from './policy.ts';

/** The manager's settings; other slices read their part from the same setting. */
export interface PolicyRepository {
  current(): Policy;
  /** Stores and journals changes in one transaction. */
  save(policy: Policy, who: Actor): void;
}

interface PolicyParts {
  readonly db: Db;
  readonly settings: Settings;
  /** Null while its key is lost: settings cannot change then. */
  readonly journal: Pick<JournalRepository, 'append'> | null;
  readonly currency: string;
}

export function createPolicyRepository({ db, settings, journal, currency }: PolicyParts): PolicyRepository {
  const defaults = defaultPolicy(currency);
  let known: { readonly text: string | null; readonly policy: Policy } | null = null;

  const current = (): Policy => {
    const text = settings.get(POLICY_KEY);
    if (known === null || known.text !== text) known = { text, policy: readPolicy(text, defaults) };
    return known.policy;
  };

  const save = db.transaction((policy: Policy, who: Actor): void => {
    const changes = policyChanges(current(), policy);
    if (Object.keys(changes).length === 0) return;
    if (journal === null) throw new DatabaseFailure(appError('key-lost'), null);
    settings.set(POLICY_KEY, JSON.stringify(policy));
    journal.append({ event: 'setting', actor: actorText(who), reason: 'policy', content: changes });
  });

  return { current, save: (policy, who) => save.immediate(policy, who) };
}

/** The settings of a till that another process may run. */
export const policyOf = (settings: Pick<Settings, 'get'>, currency: string): Policy =>
  readPolicy(settings.get(POLICY_KEY), defaultPolicy(currency));
