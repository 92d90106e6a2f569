import type { TFunction } from 'i18next';
import type { PolicyFields, SettingName } from './policy-form.ts';

/** What is chosen rather than typed, by its name alone. */
const chosen: Partial<Record<SettingName, string>> = {
  keypad: 'policy.switches.keypad',
  updateOnPress: 'policy.switches.updateOnPress',
  tillNumbersDeclared: 'policy.switches.tillNumbersDeclared',
  screenLanguage: 'policy.language',
  scanEnd: 'scanner.end',
  ownTenders: 'policy.tenders',
};

interface Change {
  readonly names: Iterable<SettingName>;
  readonly before: PolicyFields;
  readonly after: PolicyFields;
}

/** A line for each setting that is saved; of what is typed as it was and will be. */
export const changeLines = (t: TFunction, { names, before, after }: Change): readonly string[] =>
  [...names].map((name) => {
    const key = chosen[name];
    if (key !== undefined) return t(key);
    const label = t(`policy.fields.${name}`);
    return t('policy.change', { label, from: before[name] || '–', to: after[name] || '–' });
  });
