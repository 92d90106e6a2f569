import { useTranslation } from 'react-i18next';
import { languageNames, languages, standardTenders } from '../../../preload/contract/app/values.ts';
import type { Policy, ScannerSettings } from '../../../preload/contract/index.ts';
import { currencySymbol } from '../../kit/format.ts';
import { ChoiceRow, ManyRow, SwitchRow } from '../../kit/sets.tsx';
import { tenderWords } from '../../kit/tender-words.ts';
import { Fixed } from '../../shared/fixed.tsx';
import { KeptBox } from '../../shared/kept-box.tsx';
import { useTill } from '../../shared/topics.ts';
import {
  amountFields,
  codeFields,
  listFields,
  type PolicyField,
  readSetting,
  type SettingName,
  withStandardTenders,
  written,
} from './policy-form.ts';
import type { PolicyForm } from './use-policy.ts';

export interface PolicyProps {
  readonly form: PolicyForm;
  readonly policy: Policy;
}

type Names = ReadonlySet<SettingName>;

/** Fields with a unit. */
const withUnit: Names = new Set<SettingName>([
  'pointCap',
  'offlineWindowMs',
  'repeatWithinMs',
  'memberKeptMs',
  'managerUnlockedMs',
  'peopleLockAfterMs',
  'scanMeanGapMs',
  'updateFromMinute',
  'updateToMinute',
]);
const sums: Names = new Set<SettingName>([
  ...amountFields.filter((field) => field !== 'pointCap'),
  ...listFields,
]);
const texts: Names = new Set<SettingName>([...codeFields, 'businessDayEndsAtMinute', 'ownTenders']);
const wide: Names = new Set<SettingName>([...listFields, 'ownTenders']);

function Field({ form, policy, name }: PolicyProps & { readonly name: PolicyField }) {
  const { t } = useTranslation();
  const till = useTill();
  return (
    <KeptBox
      // What is typed is read in the language it was typed in.
      key={till.language}
      size={wide.has(name) ? 'wideRow' : 'row'}
      label={t(`policy.fields.${name}`)}
      inputMode={texts.has(name) ? 'text' : 'decimal'}
      written={written(name, policy, till.language)}
      read={(typed) => readSetting(name, typed, policy, form.rules)}
      onSet={form.set}
      hint={t(`policy.hints.${name}`)}
      suffix={withUnit.has(name) ? t(`policy.units.${name}`) : undefined}
      {...(sums.has(name) ? { unit: currencySymbol(till.currency, till.language) } : {})}
    />
  );
}

const screenLanguages = ['as-set-up', ...languages] as const;

/** Each in its own language, so that anybody finds theirs. */
function LanguageRow({ form, policy }: PolicyProps) {
  const { t } = useTranslation();
  return (
    <ChoiceRow
      label={t('policy.language')}
      hint={t('policy.languageHint')}
      name="screen-language"
      values={screenLanguages}
      chosen={policy.screenLanguage}
      onChoose={(screenLanguage) => form.set({ screenLanguage })}
      say={(language) =>
        language === 'as-set-up' ? (
          t('policy.languageAsSetUp')
        ) : (
          <span lang={language}>{languageNames[language]}</span>
        )
      }
    />
  );
}

/** The standard ways to pay, and the shop's own. */
function TendersRows({ form, policy }: PolicyProps) {
  const { t } = useTranslation();
  return (
    <>
      <ManyRow
        label={t('policy.tenders')}
        hint={t('policy.tendersHint')}
        name="tenders"
        values={standardTenders}
        chosen={policy.tenders}
        onChange={(chosen) => form.set(withStandardTenders(chosen, policy))}
        say={(tender) => tenderWords(t, tender)}
      />
      <Field form={form} policy={policy} name="ownTenders" />
    </>
  );
}

const scanEnds: readonly ScannerSettings['end'][] = ['either', 'enter', 'tab'];

interface Props extends PolicyProps {
  readonly name: SettingName;
}

/** A setting, with the control of its kind; grey where it is set above this till. */
export const SettingRow = (props: Props) => (
  <Fixed name={props.name === 'ownTenders' ? 'tenders' : props.name}>
    <Setting {...props} />
  </Fixed>
);

function Setting({ form, policy, name }: Props) {
  const { t } = useTranslation();
  switch (name) {
    case 'keypad':
    case 'updateOnPress':
    case 'tillNumbersDeclared':
      return (
        <SwitchRow
          label={t(`policy.switches.${name}`)}
          hint={t(`policy.switchHints.${name}`)}
          isOn={policy[name]}
          onChange={(isOn) => form.set({ [name]: isOn })}
        />
      );
    case 'screenLanguage':
      return <LanguageRow form={form} policy={policy} />;
    case 'scanEnd':
      return (
        <ChoiceRow
          label={t('scanner.end')}
          hint={t('scanner.endHint')}
          name="scan-end"
          values={scanEnds}
          chosen={policy.scanEnd}
          onChoose={(scanEnd) => form.set({ scanEnd })}
          say={(end) => t(`scanner.ends.${end}`)}
        />
      );
    case 'ownTenders':
      return <TendersRows form={form} policy={policy} />;
    // By file alone.
    case 'memberFreshMs':
    case 'quiescenceMs':
    case 'secondReadingMs':
    case 'lookAfterMs':
    case 'updateKilobytesPerSecond':
    // In the owner's view, beside the books.
    case 'accounts':
      return null;
    default:
      return <Field form={form} policy={policy} name={name} />;
  }
}
